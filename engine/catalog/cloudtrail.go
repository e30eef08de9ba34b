package catalog

// CloudTrail returns the operations of CloudTrail that this world knows, after the service model of botocore 1.43.11.
// The caller does not change them.
func CloudTrail() []Operation { return cloudtrailOperations }

var cloudtrailOperations = []Operation{
	{Service: "cloudtrail", Name: "LookupEvents", Simulated: true,
		Input: []Field{{"LookupAttributes", &cloudtrailAttributes, false}},
		Output: []Field{{"Events", &Shape{Name: "EventsList", Type: List, Member: &Shape{Name: "Event", Type: Structure, Fields: []Field{
			{"EventId", &serviceString, false}, {"EventName", &serviceString, false}, {"ReadOnly", &serviceString, false},
			{"AccessKeyId", &serviceString, false}, {"EventTime", &serviceTime, false}, {"EventSource", &serviceString, false},
			{"Username", &serviceString, false},
			{"Resources", &Shape{Name: "ResourceList", Type: List, Member: &Shape{Name: "Resource", Type: Structure, Fields: []Field{
				{"ResourceType", &serviceString, false}, {"ResourceName", &serviceString, false},
			}}}, false},
			{"CloudTrailEvent", &serviceString, false},
		}}}, false}},
	},
}

var cloudtrailAttributes = Shape{Name: "LookupAttributesList", Type: List, Member: &Shape{Name: "LookupAttribute", Type: Structure, Fields: []Field{
	{"AttributeKey", &Shape{Name: "LookupAttributeKey", Type: String, Enum: []string{
		"EventId", "EventName", "ReadOnly", "Username", "ResourceType", "ResourceName", "EventSource", "AccessKeyId",
	}}, true},
	{"AttributeValue", &Shape{Name: "LookupAttributeValue", Type: String, Min: 1, HasMin: true, Max: 2000, HasMax: true}, true},
}}}
