package scenario

import "embed"

// Stories are the scenario documents that come with the playground: stories/GROUP/NAME.md, grouped by the article that
// they come from.
//
//go:embed stories
var Stories embed.FS
