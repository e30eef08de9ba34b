package catalog

import "slices"

// regions are those in which AWS KMS has multi-Region keys, by partition; AWS General Reference, read 2026-08.
var regions = [...]struct {
	partition string
	names     []string
}{
	{"aws", []string{
		"af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1",
		"ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
		"ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2",
		"eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1",
		"me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1",
		"us-west-2",
	}},
	{"aws-cn", []string{"cn-north-1", "cn-northwest-1"}},
	{"aws-us-gov", []string{"us-gov-east-1", "us-gov-west-1"}},
}

// Partition returns the partition of a Region; ok is false for what is no Region with multi-Region keys.
func Partition(region string) (partition string, ok bool) {
	for i := range regions {
		if slices.Contains(regions[i].names, region) {
			return regions[i].partition, true
		}
	}
	return "", false
}

// Regions are the Regions of a partition, sorted.
func Regions(partition string) []string {
	for i := range regions {
		if regions[i].partition == partition {
			return slices.Clone(regions[i].names)
		}
	}
	return []string{}
}
