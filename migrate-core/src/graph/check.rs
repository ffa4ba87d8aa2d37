use std::collections::BTreeMap;

use super::{Declaration, GraphError, cycle, illegal_name};

/// The edges that the declarations name, by their places in the input.
pub(super) struct Edges {
    /// Of each declaration, its parents, each once, in the order in which it names them.
    pub(super) parents: Vec<Vec<u32>>,
    /// Of each declaration, its dependencies, likewise.
    pub(super) dependencies: Vec<Vec<u32>>,
}

/// Checks everything that [`Graph::new`](super::Graph::new) refuses, in the order of the declarations.
pub(super) fn edges(declarations: &[Declaration]) -> Result<Edges, Vec<GraphError>> {
    let mut names = Names::default();
    names.collect(declarations);
    let (edges, mut findings) = names.resolve(declarations);
    findings.extend(cycle::find(&edges).into_iter().map(|path| GraphError::Cycle { path }));
    if findings.is_empty() {
        return Ok(edges);
    }
    findings.sort_by_key(GraphError::revision);
    Err(findings)
}

/// Who carries which name. Where a name is taken twice the first declaration has it.
#[derive(Default)]
struct Names<'d> {
    ids: BTreeMap<&'d str, usize>,
    labels: BTreeMap<&'d str, usize>,
    findings: Vec<GraphError>,
}

impl<'d> Names<'d> {
    fn collect(&mut self, declarations: &'d [Declaration]) {
        for (revision, declaration) in declarations.iter().enumerate() {
            self.check_name(revision, &declaration.id, false);
            // Files without an id are one finding each, not duplicates of each other as well.
            if !declaration.id.is_empty() {
                let first = *self.ids.entry(&declaration.id).or_insert(revision);
                if first != revision {
                    self.findings.push(GraphError::DuplicateRevision { revision, first });
                }
            }
        }
        for (revision, declaration) in declarations.iter().enumerate() {
            for label in &declaration.labels {
                self.add_label(revision, label);
            }
        }
    }

    fn add_label(&mut self, revision: usize, label: &'d str) {
        self.check_name(revision, label, true);
        if let Some(&other) = self.ids.get(label) {
            self.findings.push(GraphError::LabelIsRevision { revision, other, label: label.into() });
        }
        if let Some(&first) = self.labels.get(label) {
            self.findings.push(GraphError::DuplicateLabel { revision, first, label: label.into() });
        } else {
            self.labels.insert(label, revision);
        }
    }

    fn check_name(&mut self, revision: usize, name: &str, label: bool) {
        if let Some(reason) = illegal_name(name) {
            self.findings.push(GraphError::IllegalName { revision, name: name.into(), label, reason });
        }
    }

    /// The edges that can be resolved, and everything found on the way.
    fn resolve(mut self, declarations: &[Declaration]) -> (Edges, Vec<GraphError>) {
        let mut edges = Edges { parents: Vec::new(), dependencies: Vec::new() };
        for (revision, declaration) in declarations.iter().enumerate() {
            let parents =
                declaration.revises.iter().filter_map(|name| self.parent(revision, declaration, name));
            edges.parents.push(each_once(parents));
            let dependencies =
                declaration.depends_on.iter().filter_map(|name| self.dependency(revision, declaration, name));
            edges.dependencies.push(each_once(dependencies));
        }
        (edges, self.findings)
    }

    fn parent(&mut self, revision: usize, declaration: &Declaration, name: &str) -> Option<u32> {
        if name == declaration.id {
            self.findings.push(GraphError::SelfLoop { revision, name: name.into(), dependency: false });
            return None;
        }
        let parent = self.ids.get(name).copied();
        if parent.is_none() {
            self.findings.push(GraphError::UnknownParent { revision, name: name.into() });
        }
        parent.map(|parent| parent as u32)
    }

    fn dependency(&mut self, revision: usize, declaration: &Declaration, name: &str) -> Option<u32> {
        let dependency = self.ids.get(name).or_else(|| self.labels.get(name)).copied();
        if name == declaration.id || dependency == Some(revision) {
            self.findings.push(GraphError::SelfLoop { revision, name: name.into(), dependency: true });
            return None;
        }
        if dependency.is_none() {
            self.findings.push(GraphError::UnknownDependency { revision, name: name.into() });
        }
        dependency.map(|dependency| dependency as u32)
    }
}

/// The indices without repetitions, in the order of their first appearance.
fn each_once(indices: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut seen = std::collections::BTreeSet::new();
    indices.filter(|&index| seen.insert(index)).collect()
}
