"""The auditor's side: papers verified, workbooks audited, versions compared, results reproduced."""
