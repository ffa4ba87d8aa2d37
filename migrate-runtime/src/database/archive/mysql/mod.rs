//! MySQL and MariaDB are written by `mariadb-dump` or `mysqldump`, as SQL.

mod file;
mod options;
mod restore;

pub(crate) use file::Mysql;
