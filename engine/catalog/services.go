package catalog

// ServiceNames are the services that use KMS keys by themselves, as their ARNs spell them, sorted.
var ServiceNames = [...]string{"dynamodb", "ec2", "lambda", "logs", "rds", "s3", "secretsmanager", "sns", "sqs"}

// ServiceOperations returns the operations of one of ServiceNames that this world knows, sorted by name, with the
// parameters that concern KMS and those that people cannot do without; after the service models of botocore 1.43.11.
// The caller does not change them.
func ServiceOperations(service string) []Operation {
	first := 0
	for first < len(serviceOperations) && serviceOperations[first].Service != service {
		first++
	}
	last := first
	for last < len(serviceOperations) && serviceOperations[last].Service == service {
		last++
	}
	return serviceOperations[first:last:last]
}

// LookupService finds an operation of a service, nil when this world does not know it.
func LookupService(service, name string) *Operation {
	operations := ServiceOperations(service)
	for i := range operations {
		if operations[i].Name == name {
			return &operations[i]
		}
	}
	return nil
}

// serviceOperations stand service by service.
var serviceOperations = []Operation{
	{Service: "dynamodb", Name: "CreateTable", Simulated: true,
		Input: []Field{
			{"AttributeDefinitions", &dynamodbAttributes, true}, {"TableName", &serviceName, true}, {"KeySchema", &dynamodbKeySchema, true},
			{"BillingMode", &serviceString, false}, {"ProvisionedThroughput", &dynamodbThroughput, false},
			{"SSESpecification", &dynamodbSSE, false},
		},
		Output: []Field{{"TableDescription", &dynamodbTable, false}},
	},
	{Service: "dynamodb", Name: "DescribeTable", Simulated: true,
		Input: []Field{{"TableName", &serviceName, true}}, Output: []Field{{"Table", &dynamodbTable, false}},
	},

	{Service: "ec2", Name: "AttachVolume", Simulated: true,
		Input:  []Field{{"Device", &serviceString, true}, {"InstanceId", &serviceString, true}, {"VolumeId", &serviceString, true}},
		Output: ec2AttachmentFields,
	},
	{Service: "ec2", Name: "CreateVolume", Simulated: true,
		Input: []Field{
			{"AvailabilityZone", &serviceString, false}, {"Encrypted", &serviceBoolean, false}, {"KmsKeyId", &serviceString, false},
			{"Size", &serviceInteger, false}, {"VolumeType", &serviceString, false},
		},
		Output: ec2VolumeFields,
	},
	{Service: "ec2", Name: "CreateVpcEndpoint", Simulated: true,
		Input: []Field{
			{"VpcEndpointType", &serviceString, false}, {"VpcId", &serviceString, true}, {"ServiceName", &serviceString, true},
			{"PolicyDocument", &serviceString, false}, {"SubnetIds", &serviceStrings, false}, {"SecurityGroupIds", &serviceStrings, false},
			{"PrivateDnsEnabled", &serviceBoolean, false},
		},
		Output: []Field{{"VpcEndpoint", &ec2Endpoint, false}},
	},
	{Service: "ec2", Name: "DeleteVolume", Simulated: true, Input: []Field{{"VolumeId", &serviceString, true}}},
	{Service: "ec2", Name: "DescribeInstances", Simulated: true,
		Input:  []Field{{"InstanceIds", &serviceStrings, false}},
		Output: []Field{{"Reservations", &Shape{Name: "ReservationList", Type: List, Member: &Shape{Name: "Reservation", Type: Structure, Fields: ec2ReservationFields}}, false}},
	},
	{Service: "ec2", Name: "DescribeVolumes", Simulated: true,
		Input:  []Field{{"VolumeIds", &serviceStrings, false}},
		Output: []Field{{"Volumes", &Shape{Name: "VolumeList", Type: List, Member: &Shape{Name: "Volume", Type: Structure, Fields: ec2VolumeFields}}, false}},
	},
	{Service: "ec2", Name: "DescribeVpcEndpoints", Simulated: true,
		Input:  []Field{{"VpcEndpointIds", &serviceStrings, false}},
		Output: []Field{{"VpcEndpoints", &Shape{Name: "VpcEndpointSet", Type: List, Member: &ec2Endpoint}, false}},
	},
	{Service: "ec2", Name: "DetachVolume", Simulated: true,
		Input: []Field{
			{"Device", &serviceString, false}, {"Force", &serviceBoolean, false}, {"InstanceId", &serviceString, false}, {"VolumeId", &serviceString, true},
		},
		Output: ec2AttachmentFields,
	},
	{Service: "ec2", Name: "ModifyVpcEndpoint", Simulated: true,
		Input: []Field{
			{"VpcEndpointId", &serviceString, true}, {"ResetPolicy", &serviceBoolean, false}, {"PolicyDocument", &serviceString, false},
		},
		Output: []Field{{"Return", &serviceBoolean, false}},
	},
	{Service: "ec2", Name: "RunInstances", Simulated: true,
		Input: []Field{
			{"BlockDeviceMappings", &ec2Mappings, false}, {"ImageId", &serviceString, false}, {"InstanceType", &serviceString, false},
			{"MaxCount", &serviceInteger, false}, {"MinCount", &serviceInteger, false},
		},
		Output: ec2ReservationFields,
	},
	{Service: "ec2", Name: "StartInstances", Simulated: true,
		Input: []Field{{"InstanceIds", &serviceStrings, true}}, Output: []Field{{"StartingInstances", &ec2Changes, false}},
	},
	{Service: "ec2", Name: "StopInstances", Simulated: true,
		Input: []Field{{"InstanceIds", &serviceStrings, true}}, Output: []Field{{"StoppingInstances", &ec2Changes, false}},
	},
	{Service: "ec2", Name: "TerminateInstances", Simulated: true,
		Input: []Field{{"InstanceIds", &serviceStrings, true}}, Output: []Field{{"TerminatingInstances", &ec2Changes, false}},
	},

	{Service: "lambda", Name: "CreateFunction", Simulated: true,
		Input: []Field{
			{"FunctionName", &lambdaName, true}, {"Runtime", &serviceString, false}, {"Role", &lambdaRole, true}, {"Handler", &serviceString, false},
			{"Code", &lambdaCode, false}, {"Environment", &lambdaEnvironment, false}, {"KMSKeyArn", &lambdaKeyArn, false},
		},
		Output: lambdaFunctionFields,
	},
	{Service: "lambda", Name: "GetFunctionConfiguration", Simulated: true,
		Input: []Field{{"FunctionName", &lambdaName, true}}, Output: lambdaFunctionFields,
	},
	{Service: "lambda", Name: "Invoke", Simulated: true,
		Input: []Field{{"FunctionName", &lambdaName, true}, {"InvocationType", &serviceString, false}, {"Payload", &serviceBlob, false}},
		Output: []Field{
			{"StatusCode", &serviceInteger, false}, {"FunctionError", &serviceString, false}, {"Payload", &serviceStream, false},
			{"ExecutedVersion", &serviceString, false},
		},
	},
	{Service: "lambda", Name: "UpdateFunctionConfiguration", Simulated: true,
		Input: []Field{
			{"FunctionName", &lambdaName, true}, {"Role", &lambdaRole, false}, {"Handler", &serviceString, false},
			{"Environment", &lambdaEnvironment, false}, {"Runtime", &serviceString, false}, {"KMSKeyArn", &lambdaKeyArn, false},
		},
		Output: lambdaFunctionFields,
	},

	{Service: "logs", Name: "AssociateKmsKey", Simulated: true,
		Input: []Field{{"logGroupName", &serviceString, false}, {"kmsKeyId", &serviceString, true}},
	},
	{Service: "logs", Name: "CreateLogGroup", Simulated: true,
		Input: []Field{{"logGroupName", &serviceString, true}, {"kmsKeyId", &serviceString, false}},
	},

	{Service: "rds", Name: "CreateDBInstance", Simulated: true,
		Input: []Field{
			{"DBInstanceIdentifier", &serviceString, true}, {"AllocatedStorage", &serviceInteger, false}, {"DBInstanceClass", &serviceString, true},
			{"Engine", &serviceString, true}, {"MasterUsername", &serviceString, false}, {"MasterUserPassword", &serviceSecret, false},
			{"StorageEncrypted", &serviceBoolean, false}, {"KmsKeyId", &serviceString, false},
		},
		Output: []Field{{"DBInstance", &rdsInstance, false}},
	},

	{Service: "s3", Name: "CreateBucket", Simulated: true,
		Input: []Field{{"Bucket", &serviceString, true}, {"CreateBucketConfiguration", &s3Place, false}}, Output: []Field{{"Location", &serviceString, false}},
	},
	{Service: "s3", Name: "GetObject", Simulated: true,
		Input:  []Field{{"Bucket", &serviceString, true}, {"Key", &serviceString, true}},
		Output: s3ObjectFields,
	},
	{Service: "s3", Name: "PutBucketEncryption", Simulated: true,
		Input: []Field{{"Bucket", &serviceString, true}, {"ServerSideEncryptionConfiguration", &s3Encryption, true}},
	},
	{Service: "s3", Name: "PutObject", Simulated: true,
		Input: []Field{
			{"Body", &serviceStream, false}, {"Bucket", &serviceString, true}, {"Key", &serviceString, true},
			{"ServerSideEncryption", &s3Algorithm, false}, {"SSEKMSKeyId", &serviceString, false},
			{"SSEKMSEncryptionContext", &serviceString, false}, {"BucketKeyEnabled", &serviceBoolean, false},
		},
		Output: []Field{
			{"ETag", &serviceString, false}, {"ServerSideEncryption", &serviceString, false}, {"SSEKMSKeyId", &serviceString, false},
			{"BucketKeyEnabled", &serviceBoolean, false},
		},
	},

	{Service: "secretsmanager", Name: "CreateSecret", Simulated: true,
		Input: []Field{
			{"Name", &serviceName, true}, {"Description", &serviceString, false}, {"KmsKeyId", &serviceString, false}, {"SecretString", &serviceSecret, false},
		},
		Output: secretFields,
	},
	{Service: "secretsmanager", Name: "GetSecretValue", Simulated: true,
		Input: []Field{{"SecretId", &serviceName, true}},
		Output: []Field{
			{"ARN", &serviceString, false}, {"Name", &serviceString, false}, {"VersionId", &serviceString, false},
			{"SecretString", &serviceSecret, false}, {"VersionStages", &serviceStrings, false}, {"CreatedDate", &serviceTime, false},
		},
	},
	{Service: "secretsmanager", Name: "UpdateSecret", Simulated: true,
		Input: []Field{
			{"SecretId", &serviceName, true}, {"Description", &serviceString, false}, {"KmsKeyId", &serviceString, false}, {"SecretString", &serviceSecret, false},
		},
		Output: secretFields,
	},

	{Service: "sns", Name: "CreateTopic", Simulated: true,
		Input: []Field{{"Name", &serviceString, true}, {"Attributes", &serviceMap, false}}, Output: []Field{{"TopicArn", &serviceString, false}},
	},
	{Service: "sns", Name: "Publish", Simulated: true,
		Input: []Field{{"TopicArn", &serviceString, true}, {"Message", &serviceString, true}}, Output: []Field{{"MessageId", &serviceString, false}},
	},

	{Service: "sqs", Name: "CreateQueue", Simulated: true,
		Input: []Field{{"QueueName", &serviceString, true}, {"Attributes", &serviceMap, false}}, Output: []Field{{"QueueUrl", &serviceString, false}},
	},
	{Service: "sqs", Name: "ReceiveMessage", Simulated: true,
		Input:  []Field{{"QueueUrl", &serviceString, true}, {"MaxNumberOfMessages", &serviceInteger, false}},
		Output: []Field{{"Messages", &sqsMessages, false}},
	},
	{Service: "sqs", Name: "SendMessage", Simulated: true,
		Input:  []Field{{"QueueUrl", &serviceString, true}, {"MessageBody", &serviceString, true}},
		Output: []Field{{"MD5OfMessageBody", &serviceString, false}, {"MessageId", &serviceString, false}},
	},
}
