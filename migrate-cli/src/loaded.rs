use std::borrow::Cow;

use migrate_analysis::config::{Config, Transaction as Holds};
use migrate_runtime::{Edition, Graph, Settings, Transaction};

use crate::package::Package;

/// The graph of a directory that was checked, as the runtime runs it.
pub(crate) fn graph(package: &Package) -> Graph {
    let editions = package.report.editions.iter();
    let editions =
        editions.map(|edition| Edition { dialect: edition.dialect, graph: edition.graph.clone() }).collect();
    Graph::new(editions, settings(&package.config))
}

fn settings(config: &Config) -> Settings {
    Settings {
        namespace: Cow::Owned(config.namespace.clone()),
        prefix: Cow::Owned(config.version_table.clone()),
        schema: config.schema.clone().map(Cow::Owned),
        transaction: match config.transaction() {
            Holds::Step => Transaction::Step,
            Holds::Upgrade => Transaction::Upgrade,
        },
        online: config.online,
    }
}
