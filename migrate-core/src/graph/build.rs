use std::{borrow::Cow, collections::BTreeMap};

use super::{
    Declaration, DownDeclaration, DownRow, Graph, GraphError, LabelRow, RecoveryRow, Row, ScriptDeclaration,
    ScriptRow, Source, Statement, Tables, check, order,
};
use crate::Span;

impl Graph {
    /// Checks the declarations and builds their graph.
    ///
    /// A parent or a dependency that is named twice counts once. The time is linear in the size of the graph, but for
    /// sorting by id and date.
    ///
    /// # Errors
    /// Every finding at once, in the order of the declarations at fault: unknown parents and dependencies, self loops,
    /// cycles, duplicate ids and labels, labels that are ids, illegal names.
    ///
    /// ```
    /// use migrate_core::graph::{Declaration, Graph, GraphError};
    ///
    /// let graph = Graph::new(vec![Declaration::new("b", ["a"]), Declaration::new("a", [])]).unwrap();
    /// assert_eq!(graph.revisions().map(|revision| revision.id()).collect::<Vec<_>>(), ["a", "b"]);
    ///
    /// let findings = Graph::new(vec![Declaration::new("b", ["x"])]).unwrap_err();
    /// assert_eq!(findings, [GraphError::UnknownParent { revision: 0, name: "x".into() }]);
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "a graph takes the place of its declarations")]
    pub fn new(declarations: Vec<Declaration>) -> Result<Self, Vec<GraphError>> {
        let edges = check::edges(&declarations)?;
        let order = order::canonical(&declarations, &edges);
        let mut places = vec![0; order.len()];
        for (place, &declaration) in order.iter().enumerate() {
            places[declaration as usize] = place as u32;
        }
        let in_order = |edges: Vec<Vec<u32>>| -> Vec<Vec<u32>> {
            let targets =
                |declaration: &u32| edges[*declaration as usize].iter().map(|&to| places[to as usize]);
            order.iter().map(|declaration| targets(declaration).collect()).collect()
        };
        let parents = in_order(edges.parents);
        let dependencies = in_order(edges.dependencies);
        let children = order::reversed(&parents);
        let dependents = order::reversed(&dependencies);

        let mut writer = Writer::default();
        for (place, &declaration) in order.iter().enumerate() {
            let edges = [&parents[place], &dependencies[place], &children[place], &dependents[place]];
            writer.revision(&declarations[declaration as usize], edges);
        }
        Ok(Self::from_tables(writer.finish()))
    }
}

/// Writes the tables, revision by revision.
#[derive(Default)]
struct Writer<'d> {
    text: String,
    sources: Vec<Source>,
    /// Where in `sources` a file stands. The text belongs to the key, so that two texts never become one by mistake.
    source_of: BTreeMap<(&'d str, &'d str), u32>,
    rows: Vec<Row>,
    edges: Vec<u32>,
    statements: Vec<Statement>,
    recoveries: Vec<RecoveryRow>,
    /// Where in `text` a recovery stands: statements that do alike share one.
    recovery_of: BTreeMap<String, Span>,
    labels: Vec<(&'d str, LabelRow)>,
    ids: Vec<(&'d str, u32)>,
}

impl<'d> Writer<'d> {
    fn revision(&mut self, declaration: &'d Declaration, edges: [&Vec<u32>; 4]) {
        let index = self.rows.len() as u32;
        let id = self.span(&declaration.id);
        let message = self.span(&declaration.message);
        let created = self.span(declaration.created.as_deref().unwrap_or_default());
        for label in &declaration.labels {
            let name = self.span(label);
            self.labels.push((label, LabelRow { name, revision: index }));
        }
        self.ids.push((&declaration.id, index));
        let mut bounds = [self.edges.len() as u32; 5];
        for (kind, edges) in edges.into_iter().enumerate() {
            self.edges.extend(edges);
            bounds[kind + 1] = self.edges.len() as u32;
        }
        let up = declaration.up.as_ref().map(|script| self.script(script));
        let down = match &declaration.down {
            DownDeclaration::Nothing => DownRow::Nothing,
            DownDeclaration::Script(script) => DownRow::Script(self.script(script)),
            DownDeclaration::Irreversible(reason) => DownRow::Irreversible(self.span(reason)),
        };
        let fingerprint = declaration.fingerprint;
        self.rows.push(Row { id, message, created, edges: bounds, up, down, fingerprint });
    }

    fn span(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Span::new(start, self.text.len() as u32)
    }

    fn script(&mut self, script: &'d ScriptDeclaration) -> ScriptRow {
        let source = self.source(script);
        let start = self.statements.len() as u32;
        self.statements.extend(&script.statements);
        for (index, recovery) in &script.recoveries {
            let text = self.recovery(recovery.to_string());
            self.recoveries.push(RecoveryRow { statement: start + index, text });
        }
        let statements = [start, self.statements.len() as u32];
        ScriptRow { source, section: script.section, statements, transaction: script.transaction }
    }

    fn recovery(&mut self, text: String) -> Span {
        if let Some(&span) = self.recovery_of.get(&text) {
            return span;
        }
        let span = self.span(&text);
        self.recovery_of.insert(text, span);
        span
    }

    fn source(&mut self, script: &'d ScriptDeclaration) -> u32 {
        let key = (&*script.file, &*script.text);
        if let Some(&source) = self.source_of.get(&key) {
            return source;
        }
        let source = self.sources.len() as u32;
        let path = self.span(&script.file);
        self.sources.push(Source { path, text: Cow::Owned(script.text.to_string()) });
        self.source_of.insert(key, source);
        source
    }

    fn finish(mut self) -> Tables {
        self.ids.sort_unstable();
        self.labels.sort_unstable_by_key(|&(name, _)| name);
        Tables {
            text: self.text.into(),
            sources: self.sources.into(),
            rows: self.rows.into(),
            edges: self.edges.into(),
            statements: self.statements.into(),
            recoveries: self.recoveries.into(),
            by_id: self.ids.into_iter().map(|(_, index)| index).collect(),
            labels: self.labels.into_iter().map(|(_, row)| row).collect(),
        }
    }
}
