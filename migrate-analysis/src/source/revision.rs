use std::sync::Arc;

use migrate_core::{Dialect, Span};

use super::{Header, Layout, ParsedFile, Part, Section, SourceFile, Spanned};
use crate::diagnostic::Diagnostic;

/// A revision as its files declare it.
#[derive(Clone, Debug)]
pub(crate) struct RevisionFiles {
    /// What the names of the files have in common; that of a folder ends in `/`.
    pub(crate) stem: String,
    /// Whose rules the files follow.
    pub(crate) layout: Layout,
    /// The files: those for all databases first, then by database; the up half before the down half.
    pub(crate) files: Vec<RevisionFile>,
    /// `metadata.toml` in the folder of a revision of Diesel.
    pub(crate) metadata: Option<Arc<SourceFile>>,
    /// Which of the files holds the header or, in a layout without headers, stands for the revision.
    pub(super) header: Option<usize>,
    /// Whether what the files say of the graph cannot be relied on.
    pub(crate) header_failed: bool,
    /// Whether which half is where cannot be relied on.
    pub(crate) sections_failed: bool,
    /// Whether its down script seems to be there under a mistyped name.
    pub(crate) down_is_misnamed: bool,
}

/// A file of a revision.
#[derive(Clone, Debug)]
pub(crate) struct RevisionFile {
    /// The file.
    pub(crate) file: Arc<SourceFile>,
    /// The database that it is for; `None` where it is for all.
    pub(crate) dialect: Option<Dialect>,
    /// Which half its name says that it holds.
    pub(crate) part: Part,
    /// What it says.
    pub(crate) parsed: ParsedFile,
}

/// A half of a revision, and the file that it stands in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Half<'r> {
    /// The file.
    pub(crate) file: &'r Arc<SourceFile>,
    /// The section.
    pub(crate) section: &'r Section,
}

impl Half<'_> {
    /// Where the half begins: its marker or, in a file of a pair without one, its first line that is not blank.
    pub(crate) fn place(&self) -> Span {
        let Section { marker, body, .. } = self.section;
        if !marker.is_empty() {
            return *marker;
        }
        let text = body.of(self.file.text());
        let start = body.start + (text.len() - text.trim_start().len()) as u32;
        let line = text.trim_start().lines().next().unwrap_or_default().trim_end();
        Span::new(start, start + line.len() as u32)
    }
}

impl RevisionFiles {
    /// A revision of these files, before anything is known of them.
    pub(super) fn new(stem: String, layout: Layout, files: Vec<RevisionFile>) -> Self {
        Self {
            stem,
            layout,
            files,
            metadata: None,
            header: None,
            header_failed: false,
            sections_failed: false,
            down_is_misnamed: false,
        }
    }

    /// Whether it comes from another tool, and its names stand in no header.
    pub(crate) fn is_foreign(&self) -> bool {
        self.layout != Layout::Native
    }

    /// All of its files.
    pub(crate) fn all_files(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.files.iter().map(|file| &file.file).chain(&self.metadata)
    }

    /// Whether its files could hold a way back.
    pub(crate) fn knows_downs(&self) -> bool {
        match self.layout {
            Layout::Native | Layout::Diesel | Layout::Dbmate | Layout::Goose | Layout::GolangMigrate => true,
            Layout::Sqlx => self.files.iter().any(|file| file.part != Part::Whole),
            Layout::Refinery => false,
        }
    }

    /// Gives a revision without a header another id.
    pub(super) fn identify(&mut self, id: &str) {
        if let Some(header) = self.header_mut() {
            header.revision = Some(Spanned::new(id.to_owned(), Span::EMPTY));
        }
    }

    fn header_mut(&mut self) -> Option<&mut Header> {
        self.files.get_mut(self.header?)?.parsed.header.as_mut()
    }

    /// Gives a revision without a header its parents.
    pub(super) fn revise(&mut self, parents: &[&str]) {
        if let Some(header) = self.header_mut() {
            header.revises =
                parents.iter().map(|parent| Spanned::new((*parent).to_owned(), Span::EMPTY)).collect();
        }
    }

    /// A finding at these bytes of the header; about the file as a whole where the name stands for a header.
    pub(crate) fn at_header(&self, finding: Diagnostic, span: Span, text: impl Into<String>) -> Diagnostic {
        match self.header() {
            Some((file, _)) if self.is_foreign() => finding.about(file),
            Some((file, _)) => finding.at(file, span, text),
            None => self.files.first().map_or(finding.clone(), |first| finding.about(&first.file)),
        }
    }

    /// A finding at the id, or about the first file where there is none.
    pub(crate) fn at_id(&self, finding: Diagnostic, text: impl Into<String>) -> Diagnostic {
        match self.id() {
            Some(id) => self.at_header(finding, id.span, text),
            None => self.files.first().map_or(finding.clone(), |first| finding.about(&first.file)),
        }
    }

    /// The file with the header, and the header.
    pub(crate) fn header(&self) -> Option<(&Arc<SourceFile>, &Header)> {
        let file = self.files.get(self.header?)?;
        Some((&file.file, file.parsed.header.as_ref()?))
    }

    /// The id, where the files say one.
    pub(crate) fn id(&self) -> Option<&Spanned<String>> {
        let (_, header) = self.header()?;
        header.revision.as_ref().filter(|id| !id.value.is_empty())
    }

    /// Whether it revises two revisions or more.
    pub(crate) fn is_merge(&self) -> bool {
        let Some((_, header)) = self.header() else { return false };
        header
            .revises
            .split_first()
            .is_some_and(|(first, rest)| rest.iter().any(|id| id.value != first.value))
    }

    /// The up half for a database. A file for that database goes before a file for all.
    pub(crate) fn up(&self, dialect: Dialect, written_for: Option<Dialect>) -> Option<Half<'_>> {
        self.half(dialect, written_for, |parsed| parsed.up.as_ref())
    }

    /// What the fingerprint covers of the up half for a database: whether its file has it run in a transaction, and its
    /// text. No grammar has a say in it, for what a lexer learns must not change what has shipped.
    pub(crate) fn up_text(&self, dialect: Dialect, written_for: Option<Dialect>) -> (bool, &str) {
        self.up(dialect, written_for)
            .map_or((true, ""), |half| (half.section.transaction, half.section.body.of(half.file.text())))
    }

    /// The down half for a database, likewise.
    pub(crate) fn down(&self, dialect: Dialect, written_for: Option<Dialect>) -> Option<Half<'_>> {
        self.half(dialect, written_for, |parsed| parsed.down.as_ref())
    }

    fn half(
        &self,
        dialect: Dialect,
        written_for: Option<Dialect>,
        section: fn(&ParsedFile) -> Option<&Section>,
    ) -> Option<Half<'_>> {
        let in_files = |wanted: Option<Dialect>| {
            let mut files = self.files.iter().filter(move |file| file.dialect == wanted);
            files.find_map(|file| Some(Half { file: &file.file, section: section(&file.parsed)? }))
        };
        let for_all = written_for.is_none_or(|written_for| written_for == dialect);
        in_files(Some(dialect)).or_else(|| in_files(None).filter(|_| for_all))
    }
}
