package service

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"time"

	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// bucket is an S3 bucket and its default encryption.
type bucket struct {
	home
	Name       string
	Algorithm  string // "aws:kms"; empty means S3's own keys
	Key        string // as put; empty for aws/s3
	BucketKeys bool   // one data key for the bucket rather than one for each object
}

func (b bucket) arn() string { return "arn:aws:s3:::" + b.Name }

// s3Object is an object and its data key.
type s3Object struct {
	Bucket     string
	Body       string // base64
	ETag       string
	ModifiedAt time.Time
	Algorithm  string
	KeyARN     string
	DataKey    string // encrypted, base64
	Context    object
	BucketKey  bool
}

// onBucket aims at a bucket; some permissions have names of their own.
func onBucket(action string) func(*call) []iam.Target {
	return func(c *call) []iam.Target {
		resource := "arn:aws:s3:::" + c.text("Bucket")
		return []iam.Target{{Action: "s3:" + action, Resource: resource, Shown: `"` + resource + `"`, Owner: c.bucketOwner()}}
	}
}

func onObject(c *call) []iam.Target {
	resource := "arn:aws:s3:::" + c.text("Bucket") + "/" + c.text("Key")
	return []iam.Target{{Action: "s3:" + c.Operation, Resource: resource, Shown: `"` + resource + `"`, Owner: c.bucketOwner()}}
}

// bucketOwner is the account of the bucket; of one that is to be made, the caller's.
func (c *call) bucketOwner() string {
	if b, ok := c.buckets[c.text("Bucket")]; ok && c.Operation != "CreateBucket" {
		return b.Account
	}
	return c.Caller.Account
}

func (c *call) createBucket() (object, *Error) {
	b := bucket{home: c.home(), Name: c.text("Bucket")}
	switch place := c.Input.Get("CreateBucketConfiguration.LocationConstraint").Str; {
	case place == "" && c.Region != "us-east-1":
		return nil, &Error{"IllegalLocationConstraintException", "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.", 400}
	case place != "" && place != c.Region:
		return nil, &Error{"IllegalLocationConstraintException", "The " + place + " location constraint is incompatible for the region specific endpoint this request was sent to.", 400}
	}
	if old, exists := c.buckets[b.Name]; exists {
		if old.Account == b.Account {
			return nil, &Error{"BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", 409}
		}
		return nil, &Error{"BucketAlreadyExists", "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.", 409}
	}
	c.buckets[b.Name] = b
	return object{"Location": "/" + b.Name}, nil
}

func (c *call) findBucket() (bucket, *Error) {
	b, ok := c.buckets[c.text("Bucket")]
	if !ok {
		return bucket{}, &Error{"NoSuchBucket", "The specified bucket does not exist", 404}
	}
	return b, nil
}

// putBucketEncryption only takes down the key; nobody looks at it before an object is put.
func (c *call) putBucketEncryption() (object, *Error) {
	b, err := c.findBucket()
	if err != nil {
		return nil, err
	}
	rules := c.Input.Get("ServerSideEncryptionConfiguration.Rules").Array()
	if len(rules) != 1 {
		return nil, &Error{"MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", 400}
	}
	setting := rules[0].Get("ApplyServerSideEncryptionByDefault")
	b.Algorithm, b.Key, b.BucketKeys = setting.Get("SSEAlgorithm").Str, setting.Get("KMSMasterKeyID").Str, rules[0].Get("BucketKeyEnabled").Bool()
	if b.Key != "" && b.Algorithm == "AES256" {
		return nil, &Error{"InvalidArgument", "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse", 400}
	}
	c.buckets[b.Name] = b
	return nil, nil
}

// putObject encrypts with what the request says, else with the bucket's default. S3 has no grants: it asks for a data
// key in the name of the caller.
func (c *call) putObject() (object, *Error) {
	b, err := c.findBucket()
	if err != nil {
		return nil, err
	}
	o := s3Object{Bucket: b.Name, Body: c.text("Body"), ETag: `"` + hex.EncodeToString(c.draw("etag", 16)) + `"`, ModifiedAt: c.Now}
	var named string
	if o.Algorithm, named = c.text("ServerSideEncryption"), c.text("SSEKMSKeyId"); o.Algorithm == "" {
		o.Algorithm, named = b.Algorithm, b.Key
	}
	if o.Algorithm != "aws:kms" && c.text("SSEKMSKeyId") != "" {
		return nil, &Error{"InvalidArgument", "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms", 400}
	}
	if o.BucketKey = b.BucketKeys && b.Algorithm == "aws:kms"; c.has("BucketKeyEnabled") {
		o.BucketKey = c.Input.Get("BucketKeyEnabled").Bool()
	}
	path := b.arn() + "/" + c.text("Key")
	if o.Algorithm == "aws:kms" {
		if err := c.encryptObject(&o, path, named); err != nil {
			return nil, err
		}
	} else {
		o.Algorithm = "AES256"
	}
	c.objects[path] = o
	out := o.describe()
	delete(out, "LastModified")
	return out, nil
}

func (c *call) encryptObject(o *s3Object, path, named string) *Error {
	o.Context = object{"aws:s3:arn": path}
	if o.BucketKey {
		o.Context["aws:s3:arn"] = "arn:aws:s3:::" + o.Bucket
	}
	if header := c.text("SSEKMSEncryptionContext"); header != "" {
		var pairs map[string]string
		text, problem := base64.StdEncoding.DecodeString(header)
		if problem != nil || json.Unmarshal(text, &pairs) != nil {
			return &Error{"InvalidArgument", "The header x-amz-server-side-encryption-context shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map", 400}
		}
		for k, v := range pairs {
			if k != "aws:s3:arn" {
				o.Context[k] = v
			}
		}
	}
	out, err := c.forward("GenerateDataKey", object{"KeyId": c.key(named, "s3"), "KeySpec": "AES_256", "EncryptionContext": o.Context})
	if err != nil {
		return s3Error(err)
	}
	o.KeyARN, o.DataKey = out.Get("KeyId").Str, out.Get("CiphertextBlob").Str
	return nil
}

// s3Error is how S3 passes on what KMS says.
func s3Error(err *kms.Error) *Error {
	if err.Code == "AccessDeniedException" {
		return &Error{"AccessDenied", err.Message, 403}
	}
	return &Error{"KMS." + err.Code, err.Message, 400}
}

func (c *call) getObject() (object, *Error) {
	b, err := c.findBucket()
	if err != nil {
		return nil, err
	}
	o, ok := c.objects[b.arn()+"/"+c.text("Key")]
	if !ok {
		return nil, &Error{"NoSuchKey", "The specified key does not exist.", 404}
	}
	if o.DataKey != "" {
		if _, err := c.forward("Decrypt", object{"CiphertextBlob": o.DataKey, "EncryptionContext": o.Context}); err != nil {
			return nil, s3Error(err)
		}
	}
	out := o.describe()
	out["Body"] = o.Body
	body, _ := base64.StdEncoding.DecodeString(o.Body)
	out["AcceptRanges"], out["ContentLength"], out["ContentType"], out["Metadata"] = "bytes", len(body), "binary/octet-stream", object{}
	return out, nil
}

func (o s3Object) describe() object {
	out := object{"ETag": o.ETag, "ServerSideEncryption": o.Algorithm, "LastModified": iso(o.ModifiedAt)}
	if o.KeyARN != "" {
		out["SSEKMSKeyId"] = o.KeyARN
		if o.BucketKey {
			out["BucketKeyEnabled"] = true
		}
	}
	return out
}
