// Command edge calls the playground's Worker with the AWS SDK for Go and prints as JSON what came back:
// go run ./edge ADDRESS BARE, where BARE is a Worker that does nothing, to measure by.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

const (
	account    = "111122223333"
	mayEncrypt = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:Encrypt","Resource":"*"}]}`
	rounds     = 301 // of which the first hundred warm up
	warm       = 100
)

// report is what came back.
type report struct {
	Caller    string // ARN of who encrypted
	KeyArn    string
	Encrypted string // KeyId of the answer
	Denied    string // "Code: message" of Decrypt by who may only encrypt
	IsDenied  bool   // whether the SDK sees HTTP status 400
	Decrypted string // by the root user
	Forged    string // "Code: message" of a call with a wrong secret
	// The middle of the calls, taking turns, in milliseconds.
	EncryptMilliseconds, BareMilliseconds float64
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: edge ADDRESS BARE")
		os.Exit(2)
	}
	r, err := run(context.Background(), os.Args[1], os.Args[2])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(r)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "edge:", err)
		os.Exit(1)
	}
}

func config(endpoint, id, secret string) aws.Config {
	return aws.Config{
		Region: "eu-west-1", BaseEndpoint: &endpoint, RetryMaxAttempts: 1, HTTPClient: whole{},
		Credentials: credentials.NewStaticCredentialsProvider(id, secret, ""),
	}
}

// whole sends a request in one piece. Else net/http still looks for the end of the SDK's body while the Worker, which is
// near, answers; the SDK then closes the body, and the connection breaks off before the answer is read. SDKs that may try
// again do so.
type whole struct{}

// Do sends a request.
func (whole) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	return http.DefaultClient.Do(r)
}

func run(ctx context.Context, endpoint, bare string) (r report, err error) {
	root := kms.NewFromConfig(config(endpoint, account, "any"))
	created, err := root.CreateKey(ctx, &kms.CreateKeyInput{Tags: []types.Tag{{TagKey: aws.String("team"), TagValue: aws.String("a, b = c")}}})
	if err != nil {
		return r, err
	}
	r.KeyArn = *created.KeyMetadata.Arn
	own, err := user(ctx, config(endpoint, account, "any"), endpoint)
	if err != nil {
		return r, err
	}
	who, err := sts.NewFromConfig(own).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return r, err
	}
	r.Caller = *who.Arn
	dev := kms.NewFromConfig(own)
	sealed, err := dev.Encrypt(ctx, &kms.EncryptInput{KeyId: &r.KeyArn, Plaintext: []byte("hello")})
	if err != nil {
		return r, err
	}
	r.Encrypted = *sealed.KeyId
	_, err = dev.Decrypt(ctx, &kms.DecryptInput{CiphertextBlob: sealed.CiphertextBlob})
	r.Denied, r.IsDenied = failure(err), status(err) == http.StatusBadRequest
	opened, err := root.Decrypt(ctx, &kms.DecryptInput{CiphertextBlob: sealed.CiphertextBlob})
	if err != nil {
		return r, err
	}
	r.Decrypted = string(opened.Plaintext)
	key, err := own.Credentials.Retrieve(ctx)
	if err != nil {
		return r, err
	}
	_, err = kms.NewFromConfig(config(endpoint, key.AccessKeyID, "wrong")).ListKeys(ctx, &kms.ListKeysInput{})
	r.Forged = failure(err)
	return r, measure(ctx, &r, dev, bare)
}

// user makes a user who may encrypt, and returns the configuration of its access key.
func user(ctx context.Context, root aws.Config, endpoint string) (aws.Config, error) {
	c := iam.NewFromConfig(root)
	name := aws.String("dev")
	if _, err := c.CreateUser(ctx, &iam.CreateUserInput{UserName: name}); err != nil {
		return aws.Config{}, err
	}
	if _, err := c.PutUserPolicy(ctx, &iam.PutUserPolicyInput{UserName: name, PolicyName: name, PolicyDocument: aws.String(mayEncrypt)}); err != nil {
		return aws.Config{}, err
	}
	made, err := c.CreateAccessKey(ctx, &iam.CreateAccessKeyInput{UserName: name})
	if err != nil {
		return aws.Config{}, err
	}
	return config(endpoint, *made.AccessKey.AccessKeyId, *made.AccessKey.SecretAccessKey), nil
}

// failure is "Code: message" as the SDK sees an error.
func failure(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode() + ": " + api.ErrorMessage()
	}
	return fmt.Sprint(err)
}

func status(err error) int {
	var answer interface{ HTTPStatusCode() int }
	if errors.As(err, &answer) {
		return answer.HTTPStatusCode()
	}
	return 0
}

// measure encrypts, and asks the bare Worker, in turns.
func measure(ctx context.Context, r *report, c *kms.Client, bare string) error {
	var encrypt, nothing []float64
	for range rounds {
		began := time.Now()
		if _, err := c.Encrypt(ctx, &kms.EncryptInput{KeyId: &r.KeyArn, Plaintext: []byte("hello")}); err != nil {
			return err
		}
		encrypt = append(encrypt, time.Since(began).Seconds()*1000)
		began = time.Now()
		if err := post(ctx, bare); err != nil {
			return err
		}
		nothing = append(nothing, time.Since(began).Seconds()*1000)
	}
	r.EncryptMilliseconds, r.BareMilliseconds = median(encrypt[warm:]), median(nothing[warm:])
	return nil
}

func post(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(`{"KeyId":"alias/app","Plaintext":"aGVsbG8="}`))
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err = io.Copy(io.Discard, answer.Body); err == nil && answer.StatusCode != http.StatusOK {
		err = errors.New("the bare Worker answered " + answer.Status)
	}
	return err
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
