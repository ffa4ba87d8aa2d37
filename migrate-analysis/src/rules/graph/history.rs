use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use migrate_core::{
    Graph, Span, did_you_mean,
    graph::{Declaration, Revision, RevisionIndex},
};

use crate::{
    diagnostic::Diagnostic,
    source::{Header, RevisionFiles, SourceFile, Spanned},
};

/// Beyond this many unknown names nobody reads on, and each search costs time linear in the history.
const MOST_SUGGESTIONS: usize = 20;

/// The revisions whose ids are known, in the order of their files.
pub(crate) struct History<'r> {
    pub(crate) revisions: Vec<Member<'r>>,
    /// Whether there are files whose place in the history is not known. What seems to be missing may be in them.
    pub(crate) incomplete: bool,
    /// The sealed revisions that no file has. That is one error, and whoever names them makes no second one.
    pub(crate) gone: BTreeSet<&'r str>,
}

/// A revision of the [`History`].
#[derive(Clone, Copy)]
pub(crate) struct Member<'r> {
    pub(crate) files: &'r RevisionFiles,
    /// The file with the header.
    pub(crate) file: &'r Arc<SourceFile>,
    pub(crate) header: &'r Header,
    pub(crate) id: &'r Spanned<String>,
}

impl<'r> History<'r> {
    /// The history of these revisions; `unread` says whether there are files that could not be read.
    pub(crate) fn new(revisions: &'r [RevisionFiles], unread: bool) -> Self {
        let members = revisions.iter().filter_map(|files| {
            let (file, header) = files.header()?;
            Some(Member { files, file, header, id: files.id()? })
        });
        let failed = revisions.iter().any(|files| files.header_failed);
        Self { revisions: members.collect(), incomplete: unread || failed, gone: BTreeSet::new() }
    }

    /// What the headers declare, without scripts.
    pub(crate) fn declarations(&self) -> Vec<Declaration> {
        self.revisions.iter().map(Member::declaration).collect()
    }

    /// The member that stands for a revision of a graph, by its id.
    pub(crate) fn by_id(&self) -> BTreeMap<&'r str, Member<'r>> {
        // Where an id is taken twice the first file has it, as in the graph.
        self.revisions.iter().rev().map(|member| (&*member.id.value, *member)).collect()
    }

    /// The id (or label) that somebody may have meant by an unknown name; `nth` counts the unknown names.
    pub(crate) fn meant(&self, name: &str, labels: bool, nth: usize) -> Option<&'r str> {
        if nth >= MOST_SUGGESTIONS {
            return None;
        }
        let has_label = |member: &&Member<'_>| member.header.labels.iter().any(|label| label.value == name);
        let is_named =
            |member: &&Member<'_>| member.files.stem.trim_end_matches('/') == name || has_label(member);
        if let Some(member) = self.revisions.iter().find(is_named) {
            return Some(&member.id.value);
        }
        let ids = self.revisions.iter().map(|member| &*member.id.value);
        let all_labels = self.revisions.iter().flat_map(|member| &member.header.labels);
        let all_labels = all_labels.filter(|_| labels).map(|label| &*label.value);
        did_you_mean(name, ids.chain(all_labels))
    }
}

impl<'r> Member<'r> {
    pub(crate) fn declaration(&self) -> Declaration {
        let values = |names: &[Spanned<String>]| names.iter().map(|name| name.value.clone()).collect();
        Declaration {
            id: self.id.value.clone(),
            message: self.header.message.value.clone(),
            created: self.header.created.as_ref().map(|date| date.value.clone()),
            revises: values(&self.header.revises),
            depends_on: values(&self.header.depends_on),
            labels: values(&self.header.labels),
            ..Declaration::default()
        }
    }

    /// A finding at the id.
    pub(crate) fn at_id(&self, finding: Diagnostic, text: impl Into<String>) -> Diagnostic {
        self.files.at_id(finding, text)
    }

    /// A finding at these bytes of the header.
    pub(crate) fn at(&self, finding: Diagnostic, span: Span, text: impl Into<String>) -> Diagnostic {
        self.files.at_header(finding, span, text)
    }

    /// A finding beside which the id is shown.
    pub(crate) fn beside_id(&self, finding: Diagnostic, text: impl Into<String>) -> Diagnostic {
        self.beside(finding, self.id.span, text)
    }

    /// A finding beside which these bytes of the header are shown.
    pub(crate) fn beside(&self, finding: Diagnostic, span: Span, text: impl Into<String>) -> Diagnostic {
        if self.files.is_foreign() {
            finding.beside_file(self.file)
        } else {
            finding.beside(self.file, span, text)
        }
    }

    /// Where the header names a parent.
    pub(crate) fn parent(&self, name: &str) -> Option<Span> {
        place(&self.header.revises, name)
    }

    /// Where the header names a dependency.
    pub(crate) fn dependency(&self, name: &str) -> Option<Span> {
        place(&self.header.depends_on, name)
    }

    /// Where the header has a label.
    pub(crate) fn label(&self, name: &str) -> Span {
        place(&self.header.labels, name).unwrap_or(self.id.span)
    }
}

fn place(names: &[Spanned<String>], name: &str) -> Option<Span> {
    names.iter().find(|found| found.value == name).map(|found| found.span)
}

/// What is sound in a history, in canonical order.
pub(crate) struct Sound<'r> {
    /// The graph, without scripts.
    pub(crate) graph: Graph,
    pub(crate) declarations: Vec<Declaration>,
    pub(crate) members: Vec<Member<'r>>,
    /// Whether that is all of the history.
    pub(crate) complete: bool,
    /// The heads that no declared branch tells apart.
    pub(crate) rival_heads: Vec<Vec<String>>,
}

impl<'r> Sound<'r> {
    pub(crate) fn new(
        history: &History<'r>,
        graph: Graph,
        declarations: Vec<Declaration>,
        complete: bool,
    ) -> Self {
        let members = history.by_id();
        let mut declarations: BTreeMap<String, Declaration> =
            declarations.into_iter().map(|declaration| (declaration.id.clone(), declaration)).collect();
        let ids = || graph.revisions().map(Revision::id);
        Self {
            members: ids().filter_map(|id| members.get(id).copied()).collect(),
            declarations: ids().filter_map(|id| declarations.remove(id)).collect(),
            graph,
            complete,
            rival_heads: Vec::new(),
        }
    }

    /// The member at a place of the graph.
    pub(crate) fn member(&self, index: RevisionIndex) -> Option<Member<'r>> {
        self.members.get(index.0 as usize).copied()
    }
}
