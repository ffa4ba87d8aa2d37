//! What becomes of a statement of MySQL and MariaDB that was cut off.
//!
//! Each of them commits by itself, and is carried out or not, even where the server dies: those of MySQL 8 and of
//! MariaDB 10.6 are so documented. What names several objects to drop may stop in between.
//!
//! Only heads are read: what is dropped, made or changed, and by which name. So no tail is too exotic, and no version of
//! either server too new. A clause that is not known makes its whole table what is looked at, and what may be done
//! twice by mistake is asked for.

mod alter;
mod changes;
mod clause;
mod create;
mod drop;
mod rename;
mod statement;

pub(in crate::sql) use statement::recovery;
