package iam

// A client makes many calls with one access key, and who it is changes seldom: principals that were assembled for access
// keys are remembered until anything is done in the directory. Whatever changes a directory's maps ends with forget.

// remember keeps the principal that a credential stands for, with its names written out.
func (d *Directory) remember(p *Principal) {
	p.texts = texts{p.ARNText(), p.IssuerText(), p.RootText()}
	if d.remembered == nil {
		d.remembered = map[string]*Principal{}
	}
	d.remembered[p.AccessKeyID] = p
}

func (d *Directory) forget() { d.remembered = nil }

// texts are ARNs around a principal as texts; empty where nobody wrote them out.
type texts struct{ arn, issuer, root string }

// ARNText is the ARN as a text.
func (p *Principal) ARNText() string {
	if p.texts.arn != "" {
		return p.texts.arn
	}
	return p.ARN.String()
}

// IssuerText is the Issuer as a text.
func (p *Principal) IssuerText() string {
	if p.texts.issuer != "" {
		return p.texts.issuer
	}
	return p.Issuer.String()
}

// RootText is the ARN of the account that the principal belongs to.
func (p *Principal) RootText() string {
	if p.texts.root != "" {
		return p.texts.root
	}
	return "arn:" + p.ARN.Partition + ":iam::" + p.Account + ":root"
}
