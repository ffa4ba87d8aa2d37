//! The file of a database that is one.

use std::path::PathBuf;

use super::examination::{Examination, cells};
use crate::{
    Error, Result,
    database::Question,
    session::{Class, Failure},
};

impl Examination<'_> {
    /// Looks at the file, where there is one. Answers whether more can be read.
    pub(super) async fn file(&mut self) -> Result<bool> {
        let file = self.ask(Question::File).await?.into_iter().next().map(cells);
        let Some([file]) = file.filter(|[file]| !file.is_empty()) else { return Ok(true) };
        if !self.is_whole(&file).await {
            return Ok(false);
        }
        for row in self.ask(Question::JournalMode).await? {
            let [mode] = cells(row);
            if mode == "off" || mode == "memory" {
                let message = format!(
                    "the journal mode is `{mode}`: a process that is killed may leave the file damaged"
                );
                self.found(
                    "unsafe-journal",
                    &file,
                    message,
                    "let connections use the mode `delete` or `wal`",
                );
            }
        }
        self.writable(&file).await?;
        Ok(true)
    }

    /// Whether the file is whole. What is damaged may show by an error, too.
    async fn is_whole(&mut self, file: &str) -> bool {
        let Some(query) = self.room.question(Question::Integrity) else { return true };
        let damages: Vec<String> = match self.session.query(&query).await.rows() {
            Ok(rows) => rows.into_iter().flatten().flatten().filter(|answer| answer != "ok").collect(),
            Err(failure) => vec![failure.to_string()],
        };
        for damage in &damages {
            let message = format!("the file is damaged: {}", damage.replace('\n', " "));
            self.found("damaged-file", file, message, "restore a backup: `cargo migrate restore <file>`");
        }
        damages.is_empty()
    }

    async fn writable(&mut self, file: &str) -> Result<()> {
        match self.try_to_write().await {
            // Busy: somebody writes, so that it can be written to.
            Ok(()) | Err(Failure { class: Class::Busy, .. }) => {}
            Err(Failure { class: Class::ReadOnly, .. }) => {
                let remedy = "let this user write to it, and open it for writing";
                self.found("read-only", file, "the file cannot be written to", remedy);
            }
            Err(failure) => return Err(Error::of_failure("cannot try to write", failure)),
        }
        let path = PathBuf::from(file);
        let folder = path.parent().and_then(|folder| folder.metadata().ok());
        if folder.is_some_and(|folder| folder.permissions().readonly()) {
            let message =
                "no file can be made in the folder of the database, which needs a journal beside it";
            self.found("read-only", file, message, "let this user write to the folder");
        }
        Ok(())
    }

    /// Begins to write, and writes nothing. A `BEGIN` would not do: of a file that is read-only it is no error.
    async fn try_to_write(&mut self) -> Result<(), Failure> {
        if !self.opened.columns.is_empty() {
            let nothing = format!("UPDATE {} SET format = format WHERE 0 = 1", self.names.state);
            self.session.send(&nothing).await.complete()?;
        }
        Ok(())
    }
}
