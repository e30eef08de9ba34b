# kms:CreateAlias
resource "aws_kms_alias" "a_b_c" {
  region        = "us-west-2"
  name          = "a \"$${b}\" %%{c}\\"
  target_key_id = "a \"$${b}\" %%{c}\\"
}

# kms:CreateCustomKeyStore
# not said: XksProxyVpcEndpointServiceOwner
resource "aws_kms_custom_key_store" "a_b_c" {
  region                              = "us-west-2"
  custom_key_store_name               = "a \"$${b}\" %%{c}\\"
  cloud_hsm_cluster_id                = "a \"$${b}\" %%{c}\\"
  key_store_password                  = "a \"$${b}\" %%{c}\\"
  trust_anchor_certificate            = "a \"$${b}\" %%{c}\\"
  custom_key_store_type               = "AWS_CLOUDHSM"
  xks_proxy_connectivity              = "PUBLIC_ENDPOINT"
  xks_proxy_uri_endpoint              = "a \"$${b}\" %%{c}\\"
  xks_proxy_uri_path                  = "a \"$${b}\" %%{c}\\"
  xks_proxy_vpc_endpoint_service_name = "a \"$${b}\" %%{c}\\"

  xks_proxy_authentication_credential {
    access_key_id = "a \"$${b}\" %%{c}\\"
    raw_secret_access_key = "a \"$${b}\" %%{c}\\"
  }
}

# kms:CreateGrant
# not said: GranteeServicePrincipal
# not said: RetiringServicePrincipal
# not said: Constraints.SourceArn
resource "aws_kms_grant" "a_b_c" {
  region                = "us-west-2"
  name                  = "a \"$${b}\" %%{c}\\"
  key_id                = "a \"$${b}\" %%{c}\\"
  grantee_principal     = "a \"$${b}\" %%{c}\\"
  retiring_principal    = "a \"$${b}\" %%{c}\\"
  operations            = ["Decrypt", "Decrypt"]
  grant_creation_tokens = ["a \"$${b}\" %%{c}\\", "a \"$${b}\" %%{c}\\"]

  constraints {
    encryption_context_equals = {
      Department            = "a \"$${b}\" %%{c}\\"
      "a \"$${b}\" %%{c}\\" = "IT"
    }
    encryption_context_subset = {
      Department            = "a \"$${b}\" %%{c}\\"
      "a \"$${b}\" %%{c}\\" = "IT"
    }
  }
}

# kms:CreateKey
resource "aws_kms_key" "a_b_c" {
  region                             = "us-west-2"
  description                        = "a \"$${b}\" %%{c}\\"
  key_usage                          = "SIGN_VERIFY"
  customer_master_key_spec           = "RSA_2048"
  custom_key_store_id                = "a \"$${b}\" %%{c}\\"
  xks_key_id                         = "a \"$${b}\" %%{c}\\"
  multi_region                       = false
  policy                             = "a \"$${b}\" %%{c}\\"
  bypass_policy_lockout_safety_check = true
  tags = {
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
  }
}

# kms:DisableKey, a change
resource "aws_kms_key" "a_b_c" {
  region     = "us-west-2"
  is_enabled = false
}

# kms:DisableKeyRotation, a change
resource "aws_kms_key" "a_b_c" {
  region              = "us-west-2"
  enable_key_rotation = false
}

# kms:EnableKey, a change
resource "aws_kms_key" "a_b_c" {
  region     = "us-west-2"
  is_enabled = true
}

# kms:EnableKeyRotation, a change
resource "aws_kms_key" "a_b_c" {
  region                  = "us-west-2"
  enable_key_rotation     = true
  rotation_period_in_days = 90
}

# kms:PutKeyPolicy
resource "aws_kms_key_policy" "a_b_c" {
  region                             = "us-west-2"
  key_id                             = "a \"$${b}\" %%{c}\\"
  policy                             = "a \"$${b}\" %%{c}\\"
  bypass_policy_lockout_safety_check = true
}

# kms:ReplicateKey
resource "aws_kms_replica_key" "a_b_c" {
  region                             = "a \"$${b}\" %%{c}\\"
  primary_key_arn                    = "a \"$${b}\" %%{c}\\"
  description                        = "a \"$${b}\" %%{c}\\"
  policy                             = "a \"$${b}\" %%{c}\\"
  bypass_policy_lockout_safety_check = true
  tags = {
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
  }
}

# kms:TagResource, a change
resource "aws_kms_key" "a_b_c" {
  region = "us-west-2"
  tags = {
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
  }
}

# kms:UpdateAlias, a change
resource "aws_kms_alias" "a_b_c" {
  region        = "us-west-2"
  name          = "a \"$${b}\" %%{c}\\"
  target_key_id = "a \"$${b}\" %%{c}\\"
}

# kms:UpdateKeyDescription, a change
resource "aws_kms_key" "a_b_c" {
  region      = "us-west-2"
  description = "a \"$${b}\" %%{c}\\"
}

# iam:AddUserToGroup
resource "aws_iam_user_group_membership" "a_b_c" {
  user   = "a \"$${b}\" %%{c}\\"
  groups = ["a \"$${b}\" %%{c}\\"]
}

# iam:AttachGroupPolicy
resource "aws_iam_group_policy_attachment" "a_b_c" {
  group      = "a \"$${b}\" %%{c}\\"
  policy_arn = "a \"$${b}\" %%{c}\\"
}

# iam:AttachRolePolicy
resource "aws_iam_role_policy_attachment" "a_b_c" {
  role       = "a \"$${b}\" %%{c}\\"
  policy_arn = "a \"$${b}\" %%{c}\\"
}

# iam:AttachUserPolicy
resource "aws_iam_user_policy_attachment" "a_b_c" {
  user       = "a \"$${b}\" %%{c}\\"
  policy_arn = "a \"$${b}\" %%{c}\\"
}

# iam:CreateAccessKey
resource "aws_iam_access_key" "a_b_c" {
  user = "a \"$${b}\" %%{c}\\"
}

# iam:CreateGroup
resource "aws_iam_group" "a_b_c" {
  name = "a \"$${b}\" %%{c}\\"
  path = "a \"$${b}\" %%{c}\\"
}

# iam:CreatePolicy
resource "aws_iam_policy" "a_b_c" {
  name        = "a \"$${b}\" %%{c}\\"
  path        = "a \"$${b}\" %%{c}\\"
  description = "a \"$${b}\" %%{c}\\"
  policy      = "a \"$${b}\" %%{c}\\"
  tags = {
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
  }
}

# iam:CreateRole
resource "aws_iam_role" "a_b_c" {
  name                 = "a \"$${b}\" %%{c}\\"
  path                 = "a \"$${b}\" %%{c}\\"
  description          = "a \"$${b}\" %%{c}\\"
  max_session_duration = 3600
  permissions_boundary = "a \"$${b}\" %%{c}\\"
  assume_role_policy   = "a \"$${b}\" %%{c}\\"
  tags = {
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
  }
}

# iam:CreateUser
resource "aws_iam_user" "a_b_c" {
  name                 = "a \"$${b}\" %%{c}\\"
  path                 = "a \"$${b}\" %%{c}\\"
  permissions_boundary = "a \"$${b}\" %%{c}\\"
  tags = {
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
  }
}

# iam:PutGroupPolicy
resource "aws_iam_group_policy" "a_b_c" {
  name   = "a \"$${b}\" %%{c}\\"
  group  = "a \"$${b}\" %%{c}\\"
  policy = "a \"$${b}\" %%{c}\\"
}

# iam:PutRolePermissionsBoundary, a change
resource "aws_iam_role" "a_b_c" {
  name                 = "a \"$${b}\" %%{c}\\"
  permissions_boundary = "a \"$${b}\" %%{c}\\"
}

# iam:PutRolePolicy
resource "aws_iam_role_policy" "a_b_c" {
  name   = "a \"$${b}\" %%{c}\\"
  role   = "a \"$${b}\" %%{c}\\"
  policy = "a \"$${b}\" %%{c}\\"
}

# iam:PutUserPermissionsBoundary, a change
resource "aws_iam_user" "a_b_c" {
  name                 = "a \"$${b}\" %%{c}\\"
  permissions_boundary = "a \"$${b}\" %%{c}\\"
}

# iam:PutUserPolicy
resource "aws_iam_user_policy" "a_b_c" {
  name   = "a \"$${b}\" %%{c}\\"
  user   = "a \"$${b}\" %%{c}\\"
  policy = "a \"$${b}\" %%{c}\\"
}

# iam:TagRole, a change
resource "aws_iam_role" "a_b_c" {
  name = "a \"$${b}\" %%{c}\\"
  tags = {
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
  }
}

# iam:TagUser, a change
resource "aws_iam_user" "a_b_c" {
  name = "a \"$${b}\" %%{c}\\"
  tags = {
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
    "a \"$${b}\" %%{c}\\" = "a \"$${b}\" %%{c}\\"
  }
}

# iam:UpdateAssumeRolePolicy, a change
resource "aws_iam_role" "a_b_c" {
  name               = "a \"$${b}\" %%{c}\\"
  assume_role_policy = "a \"$${b}\" %%{c}\\"
}

# organizations:AttachPolicy
resource "aws_organizations_policy_attachment" "a_b_c" {
  policy_id = "a \"$${b}\" %%{c}\\"
  target_id = "a \"$${b}\" %%{c}\\"
}

# organizations:CreateAccount
resource "aws_organizations_account" "a_b_c" {
  name                       = "a \"$${b}\" %%{c}\\"
  email                      = "a \"$${b}\" %%{c}\\"
  role_name                  = "a \"$${b}\" %%{c}\\"
  iam_user_access_to_billing = "ALLOW"
}

# organizations:CreateOrganization
resource "aws_organizations_organization" "this" {
  feature_set = "ALL"
}

# organizations:CreateOrganizationalUnit
resource "aws_organizations_organizational_unit" "a_b_c" {
  name      = "a \"$${b}\" %%{c}\\"
  parent_id = "a \"$${b}\" %%{c}\\"
}

# organizations:CreatePolicy
resource "aws_organizations_policy" "a_b_c" {
  name        = "a \"$${b}\" %%{c}\\"
  description = "a \"$${b}\" %%{c}\\"
  type        = "SERVICE_CONTROL_POLICY"
  content     = "a \"$${b}\" %%{c}\\"
}

# organizations:EnablePolicyType, a change
# not said: RootId
resource "aws_organizations_organization" "this" {
  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
}
