module kmsplayground

go 1.26.0
