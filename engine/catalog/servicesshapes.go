package catalog

// The shapes of the services that use KMS keys by themselves, those that concern KMS.
var (
	serviceString  = Shape{Name: "String", Type: String}
	serviceStrings = Shape{Name: "StringList", Type: List, Member: &serviceString}
	serviceSecret  = Shape{Name: "SensitiveString", Type: String, Sensitive: true}
	serviceName    = Shape{Name: "NameType", Type: String, Min: 1, HasMin: true, Max: 2048, HasMax: true}
	serviceInteger = Shape{Name: "Integer", Type: Integer}
	serviceBoolean = Shape{Name: "Boolean", Type: Boolean}
	serviceTime    = Shape{Name: "Timestamp", Type: Timestamp}
	serviceBlob    = Shape{Name: "Blob", Type: Blob, Sensitive: true}
	serviceStream  = Shape{Name: "StreamingBlob", Type: Blob, Sensitive: true, Streaming: true}
	serviceMap     = Shape{Name: "StringMap", Type: Map, Key: &serviceString, Member: &serviceString}
	serviceSecrets = Shape{Name: "SensitiveStringMap", Type: Map, Key: &serviceString, Member: &serviceSecret, Sensitive: true}

	dynamodbAttributes = Shape{Name: "AttributeDefinitions", Type: List, Member: &Shape{Name: "AttributeDefinition", Type: Structure, Fields: []Field{
		{"AttributeName", &serviceString, true}, {"AttributeType", &serviceString, true},
	}}}
	dynamodbKeySchema = Shape{Name: "KeySchema", Type: List, Member: &Shape{Name: "KeySchemaElement", Type: Structure, Fields: []Field{
		{"AttributeName", &serviceString, true}, {"KeyType", &serviceString, true},
	}}}
	dynamodbThroughput = Shape{Name: "ProvisionedThroughput", Type: Structure, Fields: []Field{
		{"ReadCapacityUnits", &serviceInteger, true}, {"WriteCapacityUnits", &serviceInteger, true},
	}}
	dynamodbSSE = Shape{Name: "SSESpecification", Type: Structure, Fields: []Field{
		{"Enabled", &serviceBoolean, false}, {"SSEType", &serviceString, false}, {"KMSMasterKeyId", &serviceString, false},
	}}
	dynamodbTable = Shape{Name: "TableDescription", Type: Structure, Fields: []Field{
		{"AttributeDefinitions", &dynamodbAttributes, false}, {"TableName", &serviceString, false}, {"KeySchema", &dynamodbKeySchema, false},
		{"TableStatus", &serviceString, false}, {"CreationDateTime", &serviceTime, false}, {"ItemCount", &serviceInteger, false},
		{"TableArn", &serviceString, false}, {"SSEDescription", &Shape{Name: "SSEDescription", Type: Structure, Fields: []Field{
			{"Status", &serviceString, false}, {"SSEType", &serviceString, false}, {"KMSMasterKeyArn", &serviceString, false},
		}}, false},
	}}

	ec2AttachmentFields = []Field{
		{"DeleteOnTermination", &serviceBoolean, false}, {"VolumeId", &serviceString, false}, {"InstanceId", &serviceString, false},
		{"Device", &serviceString, false}, {"State", &serviceString, false}, {"AttachTime", &serviceTime, false},
	}
	ec2VolumeFields = []Field{
		{"VolumeType", &serviceString, false}, {"VolumeId", &serviceString, false}, {"Size", &serviceInteger, false},
		{"SnapshotId", &serviceString, false}, {"AvailabilityZone", &serviceString, false}, {"State", &serviceString, false},
		{"CreateTime", &serviceTime, false},
		{"Attachments", &Shape{Name: "VolumeAttachmentList", Type: List, Member: &Shape{Name: "VolumeAttachment", Type: Structure, Fields: ec2AttachmentFields}}, false},
		{"Encrypted", &serviceBoolean, false}, {"KmsKeyId", &serviceString, false},
	}
	ec2Endpoint = Shape{Name: "VpcEndpoint", Type: Structure, Fields: []Field{
		{"VpcEndpointId", &serviceString, false}, {"VpcEndpointType", &serviceString, false}, {"VpcId", &serviceString, false},
		{"ServiceName", &serviceString, false}, {"State", &serviceString, false}, {"PolicyDocument", &serviceString, false},
		{"PrivateDnsEnabled", &serviceBoolean, false}, {"OwnerId", &serviceString, false},
	}}
	ec2Mappings = Shape{Name: "BlockDeviceMappingRequestList", Type: List, Member: &Shape{Name: "BlockDeviceMapping", Type: Structure, Fields: []Field{
		{"Ebs", &Shape{Name: "EbsBlockDevice", Type: Structure, Fields: []Field{
			{"DeleteOnTermination", &serviceBoolean, false}, {"VolumeSize", &serviceInteger, false}, {"VolumeType", &serviceString, false},
			{"KmsKeyId", &serviceString, false}, {"Encrypted", &serviceBoolean, false},
		}}, false},
		{"DeviceName", &serviceString, false},
	}}}
	ec2State = Shape{Name: "InstanceState", Type: Structure, Fields: []Field{{"Code", &serviceInteger, false}, {"Name", &serviceString, false}}}

	ec2InstanceFields = []Field{
		{"BlockDeviceMappings", &Shape{Name: "InstanceBlockDeviceMappingList", Type: List, Member: &Shape{Name: "InstanceBlockDeviceMapping", Type: Structure, Fields: []Field{
			{"DeviceName", &serviceString, false}, {"Ebs", &Shape{Name: "EbsInstanceBlockDevice", Type: Structure, Fields: []Field{
				{"AttachTime", &serviceTime, false}, {"DeleteOnTermination", &serviceBoolean, false}, {"Status", &serviceString, false}, {"VolumeId", &serviceString, false},
			}}, false},
		}}}, false},
		{"StateReason", &Shape{Name: "StateReason", Type: Structure, Fields: []Field{{"Code", &serviceString, false}, {"Message", &serviceString, false}}}, false},
		{"InstanceId", &serviceString, false}, {"ImageId", &serviceString, false}, {"State", &ec2State, false}, {"InstanceType", &serviceString, false},
		{"LaunchTime", &serviceTime, false},
		{"Placement", &Shape{Name: "Placement", Type: Structure, Fields: []Field{{"AvailabilityZone", &serviceString, false}}}, false},
	}
	ec2ReservationFields = []Field{
		{"ReservationId", &serviceString, false}, {"OwnerId", &serviceString, false}, {"Groups", &serviceStrings, false},
		{"Instances", &Shape{Name: "InstanceList", Type: List, Member: &Shape{Name: "Instance", Type: Structure, Fields: ec2InstanceFields}}, false},
	}
	ec2Changes = Shape{Name: "InstanceStateChangeList", Type: List, Member: &Shape{Name: "InstanceStateChange", Type: Structure, Fields: []Field{
		{"InstanceId", &serviceString, false}, {"CurrentState", &ec2State, false}, {"PreviousState", &ec2State, false},
	}}}

	lambdaName        = Shape{Name: "FunctionName", Type: String, Min: 1, HasMin: true, Max: 140, HasMax: true}
	lambdaRole        = Shape{Name: "RoleArn", Type: String, Pattern: `arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+`}
	lambdaKeyArn      = Shape{Name: "KMSKeyArn", Type: String, Pattern: `(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()`}
	lambdaCode        = Shape{Name: "FunctionCode", Type: Structure, Fields: []Field{{"ZipFile", &serviceBlob, false}}}
	lambdaEnvironment = Shape{Name: "Environment", Type: Structure, Fields: []Field{{"Variables", &serviceSecrets, false}}}

	lambdaFunctionFields = []Field{
		{"FunctionName", &serviceString, false}, {"FunctionArn", &serviceString, false}, {"Runtime", &serviceString, false},
		{"Role", &serviceString, false}, {"Handler", &serviceString, false}, {"LastModified", &serviceString, false}, {"Version", &serviceString, false},
		{"Environment", &Shape{Name: "EnvironmentResponse", Type: Structure, Fields: []Field{
			{"Variables", &serviceSecrets, false}, {"Error", &Shape{Name: "EnvironmentError", Type: Structure, Fields: []Field{
				{"ErrorCode", &serviceString, false}, {"Message", &serviceString, false},
			}}, false},
		}}, false},
		{"KMSKeyArn", &serviceString, false}, {"State", &serviceString, false}, {"LastUpdateStatus", &serviceString, false}, {"PackageType", &serviceString, false},
	}

	rdsInstance = Shape{Name: "DBInstance", Type: Structure, Fields: []Field{
		{"DBInstanceIdentifier", &serviceString, false}, {"DBInstanceClass", &serviceString, false}, {"Engine", &serviceString, false},
		{"DBInstanceStatus", &serviceString, false}, {"MasterUsername", &serviceString, false}, {"AllocatedStorage", &serviceInteger, false},
		{"StorageEncrypted", &serviceBoolean, false}, {"KmsKeyId", &serviceString, false}, {"DbiResourceId", &serviceString, false},
		{"DBInstanceArn", &serviceString, false},
	}}

	s3Algorithm  = Shape{Name: "ServerSideEncryption", Type: String, Enum: []string{"AES256", "aws:kms"}}
	s3Place      = Shape{Name: "CreateBucketConfiguration", Type: Structure, Fields: []Field{{"LocationConstraint", &serviceString, false}}}
	s3Encryption = Shape{Name: "ServerSideEncryptionConfiguration", Type: Structure, Fields: []Field{
		{"Rules", &Shape{Name: "ServerSideEncryptionRules", Type: List, Member: &Shape{Name: "ServerSideEncryptionRule", Type: Structure, Fields: []Field{
			{"ApplyServerSideEncryptionByDefault", &Shape{Name: "ServerSideEncryptionByDefault", Type: Structure, Fields: []Field{
				{"SSEAlgorithm", &s3Algorithm, true}, {"KMSMasterKeyID", &serviceString, false},
			}}, false},
			{"BucketKeyEnabled", &serviceBoolean, false},
		}}}, true},
	}}
	s3ObjectFields = []Field{
		{"Body", &serviceStream, false}, {"AcceptRanges", &serviceString, false}, {"LastModified", &serviceTime, false},
		{"ContentLength", &serviceInteger, false}, {"ETag", &serviceString, false}, {"ContentType", &serviceString, false},
		{"ServerSideEncryption", &serviceString, false}, {"Metadata", &serviceMap, false}, {"SSEKMSKeyId", &serviceString, false},
		{"BucketKeyEnabled", &serviceBoolean, false},
	}

	secretFields = []Field{{"ARN", &serviceString, false}, {"Name", &serviceString, false}, {"VersionId", &serviceString, false}}

	sqsMessages = Shape{Name: "MessageList", Type: List, Member: &Shape{Name: "Message", Type: Structure, Fields: []Field{
		{"MessageId", &serviceString, false}, {"ReceiptHandle", &serviceString, false}, {"MD5OfBody", &serviceString, false}, {"Body", &serviceString, false},
	}}}
)
