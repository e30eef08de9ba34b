package engine

import (
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"
)

// What KMS does by itself is in the trail at the time when it was due, and among what LookupEvents finds.
func TestHappenings(t *testing.T) {
	w, replicas := New(Options{}), 0
	call := func(region, operation, input string) gjson.Result {
		t.Helper()
		a := w.Call(Call{As: "root", Service: "kms", Region: region, Operation: operation, Input: []byte(input)})
		if a.Error != nil {
			t.Fatal(operation, a.Error)
		}
		return gjson.ParseBytes(a.Output)
	}
	id := call("", "CreateKey", `{"MultiRegion":true}`).Get("KeyMetadata.KeyId").Str
	named := `{"KeyId":"` + id + `"}`
	call("", "EnableKeyRotation", `{"KeyId":"`+id+`","RotationPeriodInDays":90}`)
	call("", "ReplicateKey", `{"KeyId":"`+id+`","ReplicaRegion":"eu-west-1"}`)
	w.Advance(time.Minute)
	call("", "RotateKeyOnDemand", named)
	w.Advance(100 * 24 * time.Hour)
	call("eu-west-1", "ScheduleKeyDeletion", `{"KeyId":"`+id+`","PendingWindowInDays":7}`)
	w.Advance(60 * 24 * time.Hour)
	call("", "DisableKey", named)
	w.Advance(60 * 24 * time.Hour)
	call("", "EnableKey", named) // a rotation is overdue

	for _, e := range w.Trail() {
		if event := gjson.ParseBytes(e.JSON()); event.Get("eventName").Str == "CreateKey" && event.Get("awsRegion").Str == "eu-west-1" {
			replica := event.Get("responseElements.keyMetadata.arn").Str + " " + event.Get("requestParameters.multiRegion").Raw + " " + event.Get("userAgent").Str
			if want := "arn:aws:kms:eu-west-1:111122223333:key/" + id + " true AWS Internal"; replica != want || event.Get("resources.0.ARN").Str+" true AWS Internal" != want {
				t.Errorf("the replica's event: %s", event.Raw)
			}
			id, replicas = event.Get("responseElements.keyMetadata.keyId").Str, replicas+1
		}
	}
	if replicas != 1 {
		t.Errorf("%d events of CreateKey in the Region of the replica", replicas)
	}
	arn := func(region string) string { return "arn:aws:kms:" + region + ":111122223333:key/" + id }
	want := []string{
		"2026-01-01T09:00:10Z us-east-1 SynchronizeMultiRegionKey " + arn("us-east-1") + " AwsApiCall ",
		"2026-01-01T09:02:40Z us-east-1 RotateKey " + arn("us-east-1") + " AwsServiceEvent ON_DEMAND",
		"2026-01-01T09:02:40Z us-east-1 SynchronizeMultiRegionKey " + arn("us-east-1") + " AwsApiCall ",
		"2026-04-01T09:00:00Z us-east-1 RotateKey " + arn("us-east-1") + " AwsServiceEvent AUTOMATIC",
		"2026-04-01T09:00:00Z us-east-1 SynchronizeMultiRegionKey " + arn("us-east-1") + " AwsApiCall ",
		"2026-04-18T09:01:00Z eu-west-1 DeleteKey " + arn("eu-west-1") + " AwsServiceEvent ",
		"2026-08-09T09:01:00Z us-east-1 RotateKey " + arn("us-east-1") + " AwsServiceEvent AUTOMATIC",
	}
	got, last := []string{}, ""
	for _, e := range w.Trail() {
		event := gjson.ParseBytes(e.JSON())
		if event.Get("userIdentity.invokedBy").Str != "AWS Internal" {
			continue
		}
		got = append(got, strings.Join([]string{
			event.Get("eventTime").Str, event.Get("awsRegion").Str, event.Get("eventName").Str,
			event.Get("resources.0.ARN").Str, event.Get("eventType").Str, event.Get("serviceEventDetails.rotationType").Str,
		}, " "))
		if event.Get("eventName").Str == "RotateKey" {
			if previous := event.Get("serviceEventDetails.previousKeyMaterialId").Str; last != "" && previous != last {
				t.Errorf("rotated from %s, the rotation before was to %s", previous, last)
			}
			last = event.Get("serviceEventDetails.currentKeyMaterialId").Str
		}
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
	if current := call("", "DescribeKey", named).Get("KeyMetadata.CurrentKeyMaterialId").Str; current != last {
		t.Errorf("the current material is %s, rotated to %s", current, last)
	}
	found := w.Call(Call{As: "root", Service: "cloudtrail", Operation: "LookupEvents", Input: []byte(`{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"RotateKey"}]}`)})
	if n := len(gjson.GetBytes(found.Output, "Events").Array()); n != 1 { // the others are older than 90 days
		t.Errorf("LookupEvents finds %d rotations: %s", n, found.Output)
	}
}
