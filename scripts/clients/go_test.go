package clients

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

// config is the configuration of a caller: an account id for its root user, or an access key.
func config(id, secret, token string) aws.Config {
	return aws.Config{
		Region: region, BaseEndpoint: aws.String(endpoint), RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider(id, secret, token),
	}
}

func rootOf(account string) aws.Config { return config(account, "any", "") }

// failure is "Code: message" as the SDK sees an error.
func failure(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode() + ": " + api.ErrorMessage()
	}
	return fmt.Sprint(err)
}

// user makes a user with a policy, and returns the configuration of its access key.
func user(t *testing.T, account, name, policy string) aws.Config {
	t.Helper()
	c := iam.NewFromConfig(rootOf(account))
	_, err := c.CreateUser(t.Context(), &iam.CreateUserInput{UserName: &name})
	if err == nil && policy != "" {
		_, err = c.PutUserPolicy(t.Context(), &iam.PutUserPolicyInput{UserName: &name, PolicyName: aws.String("p"), PolicyDocument: &policy})
	}
	if err != nil {
		t.Fatal(err)
	}
	key, err := c.CreateAccessKey(t.Context(), &iam.CreateAccessKeyInput{UserName: &name})
	if err != nil {
		t.Fatal(err)
	}
	return config(*key.AccessKey.AccessKeyId, *key.AccessKey.SecretAccessKey, "")
}

const mayEncrypt = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:Encrypt","Resource":"*"}]}`

// TestKMS holds allowed and denied calls, and the exceptions as types of the SDK.
func TestKMS(t *testing.T) {
	const account = "100000000001"
	ctx := t.Context()
	root := kms.NewFromConfig(rootOf(account))
	created, err := root.CreateKey(ctx, &kms.CreateKeyInput{
		Description: aws.String("a <b> & ü"), Tags: []kmstypes.Tag{{TagKey: aws.String("team"), TagValue: aws.String("blue")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	key := created.KeyMetadata
	if key.KeyState != kmstypes.KeyStateEnabled || *key.Description != "a <b> & ü" || time.Since(*key.CreationDate).Abs() > time.Minute {
		t.Errorf("created %+v", key)
	}
	dev := kms.NewFromConfig(user(t, account, "dev", mayEncrypt))
	with := map[string]string{"tenant": "1"}
	sealed, err := dev.Encrypt(ctx, &kms.EncryptInput{KeyId: key.KeyId, Plaintext: []byte("hello"), EncryptionContext: with})
	if err != nil {
		t.Fatal(err)
	}
	_, err = dev.Decrypt(ctx, &kms.DecryptInput{CiphertextBlob: sealed.CiphertextBlob, EncryptionContext: with})
	want := "AccessDeniedException: User: arn:aws:iam::" + account + ":user/dev is not authorized to perform: kms:Decrypt on resource: " + *key.Arn +
		" because no identity-based policy allows the kms:Decrypt action"
	if failure(err) != want {
		t.Errorf("got  %s\nwant %s", failure(err), want)
	}
	opened, err := root.Decrypt(ctx, &kms.DecryptInput{CiphertextBlob: sealed.CiphertextBlob, EncryptionContext: with})
	if err != nil || string(opened.Plaintext) != "hello" || *opened.KeyId != *key.Arn {
		t.Errorf("decrypted %+v, %v", opened, err)
	}
	_, err = root.Decrypt(ctx, &kms.DecryptInput{CiphertextBlob: sealed.CiphertextBlob})
	if !is[*kmstypes.InvalidCiphertextException](err) {
		t.Errorf("another context: %v", err)
	}
	if _, err = root.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: aws.String("alias/none")}); !is[*kmstypes.NotFoundException](err) {
		t.Errorf("a missing alias: %v", err)
	}
	if _, err := root.DisableKey(ctx, &kms.DisableKeyInput{KeyId: key.KeyId}); err != nil {
		t.Fatal(err)
	}
	if _, err = dev.Encrypt(ctx, &kms.EncryptInput{KeyId: key.KeyId, Plaintext: []byte("hello")}); !is[*kmstypes.DisabledException](err) {
		t.Errorf("a disabled key: %v", err)
	}
	if _, err = root.EnableKey(ctx, &kms.EnableKeyInput{KeyId: key.KeyId}); err != nil {
		t.Fatal(err)
	}
	if _, err = dev.Encrypt(ctx, &kms.EncryptInput{KeyId: key.KeyId, Plaintext: []byte("a"), DryRun: aws.Bool(true)}); !is[*kmstypes.DryRunOperationException](err) {
		t.Errorf("a dry run: %v", err)
	}
	if _, err = root.CreateAlias(ctx, &kms.CreateAliasInput{AliasName: aws.String("alias/app"), TargetKeyId: key.KeyId}); err != nil {
		t.Fatal(err)
	}
	if _, err = root.CreateAlias(ctx, &kms.CreateAliasInput{AliasName: aws.String("alias/app"), TargetKeyId: key.KeyId}); !is[*kmstypes.AlreadyExistsException](err) {
		t.Errorf("a second alias: %v", err)
	}
	if _, err = root.PutKeyPolicy(ctx, &kms.PutKeyPolicyInput{KeyId: key.KeyId, Policy: aws.String("{")}); !is[*kmstypes.MalformedPolicyDocumentException](err) {
		t.Errorf("a malformed policy: %v", err)
	}
	data, err := root.GenerateDataKey(ctx, &kms.GenerateDataKeyInput{KeyId: aws.String("alias/app"), KeySpec: kmstypes.DataKeySpecAes256})
	if err != nil || len(data.Plaintext) != 32 {
		t.Errorf("data key %+v, %v", data, err)
	}
}

func is[T error](err error) bool {
	var as T
	return errors.As(err, &as)
}

// TestGrant holds that a grant token works for a principal of another account.
func TestGrant(t *testing.T) {
	const owner, other = "100000000002", "100000000003"
	ctx := t.Context()
	root := kms.NewFromConfig(rootOf(owner))
	created, err := root.CreateKey(ctx, &kms.CreateKeyInput{})
	if err != nil {
		t.Fatal(err)
	}
	use := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"` + *created.KeyMetadata.Arn + `"}]}`
	dev := kms.NewFromConfig(user(t, other, "dev", use))
	encrypt := &kms.EncryptInput{KeyId: created.KeyMetadata.Arn, Plaintext: []byte("hello")}
	if _, err = dev.Encrypt(ctx, encrypt); !strings.HasPrefix(failure(err), "AccessDeniedException: ") {
		t.Fatalf("without a grant: %v", err)
	}
	grant, err := root.CreateGrant(ctx, &kms.CreateGrantInput{
		KeyId: created.KeyMetadata.KeyId, GranteePrincipal: aws.String("arn:aws:iam::" + other + ":user/dev"), Operations: []kmstypes.GrantOperation{kmstypes.GrantOperationEncrypt},
	})
	if err != nil {
		t.Fatal(err)
	}
	encrypt.GrantTokens = []string{*grant.GrantToken}
	if _, err = dev.Encrypt(ctx, encrypt); err != nil {
		t.Errorf("with a grant: %v", err)
	}
	if _, err = root.RevokeGrant(ctx, &kms.RevokeGrantInput{KeyId: created.KeyMetadata.KeyId, GrantId: grant.GrantId}); err != nil {
		t.Fatal(err)
	}
	if _, err = dev.Encrypt(ctx, encrypt); !strings.HasPrefix(failure(err), "AccessDeniedException: ") {
		t.Errorf("after it was revoked: %v", err)
	}
}

// TestPages holds that the SDK's paginators find everything, in both protocols.
func TestPages(t *testing.T) {
	const account = "100000000004"
	ctx := t.Context()
	keys, users := kms.NewFromConfig(rootOf(account)), iam.NewFromConfig(rootOf(account))
	for i := range 7 {
		if _, err := keys.CreateKey(ctx, &kms.CreateKeyInput{}); err != nil {
			t.Fatal(err)
		}
		if _, err := users.CreateUser(ctx, &iam.CreateUserInput{UserName: aws.String(fmt.Sprintf("u%d", i))}); err != nil {
			t.Fatal(err)
		}
	}
	found := 0
	for p := kms.NewListKeysPaginator(keys, &kms.ListKeysInput{Limit: aws.Int32(3)}); p.HasMorePages(); {
		page, err := p.NextPage(ctx)
		if err != nil {
			t.Fatal(err)
		}
		found += len(page.Keys)
	}
	for p := iam.NewListUsersPaginator(users, &iam.ListUsersInput{MaxItems: aws.Int32(3)}); p.HasMorePages(); {
		page, err := p.NextPage(ctx)
		if err != nil {
			t.Fatal(err)
		}
		found += len(page.Users)
	}
	if found != 14 {
		t.Errorf("found %d keys and users of 14", found)
	}
}

// TestIAM holds what the SDK reads of users, roles and policies, and IAM's exceptions as types.
func TestIAM(t *testing.T) {
	const account = "100000000005"
	ctx := t.Context()
	c := iam.NewFromConfig(rootOf(account))
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + account + `:root"},"Action":"sts:AssumeRole"}]}`
	role, err := c.CreateRole(ctx, &iam.CreateRoleInput{
		RoleName: aws.String("reader"), AssumeRolePolicyDocument: &trust, MaxSessionDuration: aws.Int32(7200),
		Tags: []iamtypes.Tag{{Key: aws.String("team"), Value: aws.String("blue+green / ü")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.GetRole(ctx, &iam.GetRoleInput{RoleName: role.Role.RoleName})
	if err != nil {
		t.Fatal(err)
	}
	if document, err := url.PathUnescape(*got.Role.AssumeRolePolicyDocument); err != nil || document != trust {
		t.Errorf("trust policy %s, %v", document, err)
	}
	if r := got.Role; *r.MaxSessionDuration != 7200 || *r.Tags[0].Value != "blue+green / ü" || time.Since(*r.CreateDate).Abs() > time.Minute {
		t.Errorf("role %+v", r)
	}
	if _, err = c.GetUser(ctx, &iam.GetUserInput{UserName: aws.String("nobody")}); !is[*iamtypes.NoSuchEntityException](err) {
		t.Errorf("a missing user: %v", err)
	}
	if _, err = c.CreateRole(ctx, &iam.CreateRoleInput{RoleName: aws.String("reader"), AssumeRolePolicyDocument: &trust}); !is[*iamtypes.EntityAlreadyExistsException](err) {
		t.Errorf("a second role: %v", err)
	}
	if _, err = c.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: aws.String("reader"), PolicyName: aws.String("p"), PolicyDocument: aws.String("{")}); !is[*iamtypes.MalformedPolicyDocumentException](err) {
		t.Errorf("a malformed policy: %v", err)
	}
	denied := iam.NewFromConfig(user(t, account, "dev", ""))
	_, err = denied.ListUsers(ctx, &iam.ListUsersInput{})
	if want := "AccessDenied: User: arn:aws:iam::" + account + ":user/dev is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::" + account + ":user/ because no identity-based policy allows the iam:ListUsers action"; failure(err) != want {
		t.Errorf("got  %s\nwant %s", failure(err), want)
	}
}

// TestSTS holds that the credentials of all calls that issue some can be used, and what they stand for.
func TestSTS(t *testing.T) {
	const account = "100000000006"
	ctx := t.Context()
	all := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sts:*","kms:*"],"Resource":"*"}]}`
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + account + `"},"Action":"sts:AssumeRole"}]}`
	if _, err := iam.NewFromConfig(rootOf(account)).CreateRole(ctx, &iam.CreateRoleInput{RoleName: aws.String("reader"), AssumeRolePolicyDocument: &trust}); err != nil {
		t.Fatal(err)
	}
	dev := user(t, account, "dev", all)
	c := sts.NewFromConfig(dev)
	assumed, err := c.AssumeRole(ctx, &sts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::" + account + ":role/reader"), RoleSessionName: aws.String("s1")})
	if err != nil {
		t.Fatal(err)
	}
	federated, err := c.GetFederationToken(ctx, &sts.GetFederationTokenInput{Name: aws.String("bob"), Policy: &all})
	if err != nil {
		t.Fatal(err)
	}
	session, err := c.GetSessionToken(ctx, &sts.GetSessionTokenInput{})
	if err != nil {
		t.Fatal(err)
	}
	check := func(id, secret, token, want string) {
		t.Helper()
		who, err := sts.NewFromConfig(config(id, secret, token)).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		if err != nil || *who.Arn != want {
			t.Errorf("got %+v, %v, want %s", who, err, want)
		}
	}
	check(*assumed.Credentials.AccessKeyId, *assumed.Credentials.SecretAccessKey, *assumed.Credentials.SessionToken, "arn:aws:sts::"+account+":assumed-role/reader/s1")
	check(*federated.Credentials.AccessKeyId, *federated.Credentials.SecretAccessKey, *federated.Credentials.SessionToken, "arn:aws:sts::"+account+":federated-user/bob")
	check(*session.Credentials.AccessKeyId, *session.Credentials.SecretAccessKey, *session.Credentials.SessionToken, "arn:aws:iam::"+account+":user/dev")
	keys := kms.NewFromConfig(config(*assumed.Credentials.AccessKeyId, *assumed.Credentials.SecretAccessKey, ""))
	if _, err = keys.ListKeys(ctx, &kms.ListKeysInput{}); failure(err) != "UnrecognizedClientException: The security token included in the request is invalid." {
		t.Errorf("without its token: %v", err)
	}
	wrong := sts.NewFromConfig(config(*assumed.Credentials.AccessKeyId, "wrong", *assumed.Credentials.SessionToken))
	if _, err = wrong.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}); !strings.HasPrefix(failure(err), "SignatureDoesNotMatch: The request signature we calculated does not match") {
		t.Errorf("with a wrong secret: %v", err)
	}
}

// TestPresigned holds that what the SDK signs into an address is answered to whoever follows it.
func TestPresigned(t *testing.T) {
	signed, err := sts.NewPresignClient(sts.NewFromConfig(user(t, "100000000007", "dev", ""))).PresignGetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(signed.Method, signed.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range signed.SignedHeader {
		r.Header[name] = values
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 200 || !bytes.Contains(body, []byte("<Arn>arn:aws:iam::100000000007:user/dev</Arn>")) {
		t.Errorf("%d %s %v", res.StatusCode, body, err)
	}
}

// TestOrganizations holds AWS Organizations and a denial by a service control policy.
func TestOrganizations(t *testing.T) {
	const management = "100000000008"
	ctx := t.Context()
	c := organizations.NewFromConfig(rootOf(management))
	if _, err := c.DescribeOrganization(ctx, &organizations.DescribeOrganizationInput{}); !is[*orgtypes.AWSOrganizationsNotInUseException](err) {
		t.Errorf("without an organization: %v", err)
	}
	if _, err := c.CreateOrganization(ctx, &organizations.CreateOrganizationInput{}); err != nil {
		t.Fatal(err)
	}
	made, err := c.CreateAccount(ctx, &organizations.CreateAccountInput{AccountName: aws.String("member"), Email: aws.String("member@example.com")})
	if err != nil {
		t.Fatal(err)
	}
	status, err := c.DescribeCreateAccountStatus(ctx, &organizations.DescribeCreateAccountStatusInput{CreateAccountRequestId: made.CreateAccountStatus.Id})
	if err != nil || status.CreateAccountStatus.AccountId == nil {
		t.Fatalf("%+v, %v", status, err)
	}
	member := *status.CreateAccountStatus.AccountId
	roots, err := c.ListRoots(ctx, &organizations.ListRootsInput{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.EnablePolicyType(ctx, &organizations.EnablePolicyTypeInput{RootId: roots.Roots[0].Id, PolicyType: orgtypes.PolicyTypeServiceControlPolicy}); err != nil {
		t.Fatal(err)
	}
	deny, err := c.CreatePolicy(ctx, &organizations.CreatePolicyInput{
		Name: aws.String("no-keys"), Description: aws.String(""), Type: orgtypes.PolicyTypeServiceControlPolicy,
		Content: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"kms:CreateKey","Resource":"*"}]}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.AttachPolicy(ctx, &organizations.AttachPolicyInput{PolicyId: deny.Policy.PolicySummary.Id, TargetId: &member}); err != nil {
		t.Fatal(err)
	}
	_, err = kms.NewFromConfig(rootOf(member)).CreateKey(context.Background(), &kms.CreateKeyInput{})
	if !strings.Contains(failure(err), "with an explicit deny in a service control policy") {
		t.Errorf("in the member account: %v", err)
	}
}
