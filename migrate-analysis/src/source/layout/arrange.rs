use std::{collections::BTreeSet, sync::Arc};

use migrate_core::Span;

use super::{
    Layout, VersionName, demoted, foreign,
    group::{Group, groups},
    native,
    recognition::{self, Shape},
    stray,
    version::date_in_name,
};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    rules::file::{mixed_layouts, unrecognised_file},
    source::{
        Lock, RevisionFiles, SourceFile,
        name::Misnamed,
        section::{Claim, claim, has_native_mark},
    },
};

/// The revisions of a directory, and what is wrong with their files.
pub(crate) struct Arrangement {
    /// Those of another tool by their versions, then the native ones by their stems.
    pub(crate) revisions: Vec<RevisionFiles>,
    pub(crate) findings: Vec<Diagnostic>,
    /// The files that are of no revision.
    pub(crate) strays: Vec<Arc<SourceFile>>,
    /// The layout of the files that are not native, where there are some.
    pub(crate) foreign: Option<Layout>,
    /// Whether there are files that seem to be migrations, but have no place in the history.
    pub(crate) misnamed: bool,
}

/// Sorts the files into revisions and reads them.
pub(crate) fn arrange(files: &[Arc<SourceFile>], config: &Config, lock: Option<&Lock>) -> Arrangement {
    let groups = groups(files);
    let mut sorted = Sorted::new(groups.groups, config, lock);
    let mut findings = Vec::new();
    let found = sorted.layouts(config);
    let foreign = found.first().map(|(layout, _)| *layout);
    let is_mixed = found.len() > 1;
    if is_mixed {
        findings.push(mixed_layouts::finding(&found));
    }
    let mut misnamed = groups.misnamed;
    let (strays, forgotten) =
        sorted.unfit.into_iter().partition(|group| foreign.is_some() && !is_marked(group));
    sorted.native.extend::<Vec<_>>(forgotten);
    let strays: Vec<Group<'_>> = strays;
    misnamed.extend(strays.iter().flat_map(Group::all_files).map(|file| (file, Misnamed { meant: None })));
    for (file, wrong) in &misnamed {
        findings.push(stray::finding(foreign.unwrap_or(Layout::Native), file, wrong));
    }
    let unknown =
        sorted.unknown.iter().map(|(file, tool, mark)| unrecognised_file::unknown_layout(file, tool, *mark));
    findings.extend(unknown);
    let unread = misnamed.iter().map(|(file, _)| file).chain(sorted.unknown.iter().map(|(file, ..)| file));
    let strays = unread.map(|file| Arc::clone(file)).collect();
    let mut revisions = match foreign.filter(|_| !is_mixed) {
        Some(layout) => {
            let groups = sorted.foreign.into_iter().map(|(_, group)| group).collect();
            let programs = misnamed.iter().filter_map(|(file, _)| stray::script_of_code(layout, file.name()));
            let programs: BTreeSet<String> = programs.collect();
            foreign::revisions(layout, groups, &programs, config, lock, &mut findings)
        }
        None => Vec::new(),
    };
    revisions.append(&mut native::revisions(sorted.native, config, &mut findings));
    let misnamed =
        is_mixed || !sorted.unknown.is_empty() || misnamed.iter().any(|(_, wrong)| wrong.meant.is_some());
    Arrangement { revisions, findings, strays, foreign: foreign.filter(|_| !is_mixed), misnamed }
}

/// The groups by whose they are.
struct Sorted<'f> {
    native: Vec<Group<'f>>,
    foreign: Vec<(Shape, Group<'f>)>,
    /// Those whose names are of no tool.
    unfit: Vec<Group<'f>>,
    /// Files of tools whose layouts are not known, with the tool and the line that tells it.
    unknown: Vec<(&'f Arc<SourceFile>, &'static str, Span)>,
}

impl<'f> Sorted<'f> {
    fn new(groups: Vec<Group<'f>>, config: &Config, lock: Option<&Lock>) -> Self {
        let chosen = config.layout.as_ref().map(|layout| layout.value);
        let mut sorted =
            Self { native: Vec::new(), foreign: Vec::new(), unfit: Vec::new(), unknown: Vec::new() };
        let mut others = Vec::new();
        let claims = |group: &Group<'_>, wanted| group.texts().any(|text| claim(text) == wanted);
        let some_native = groups.iter().any(|group| claims(group, Some(Claim::Plain)));
        for group in groups {
            let is_native = chosen == Some(Layout::Native)
                || claims(&group, Some(Claim::Plain))
                || ((some_native || is_marked(&group)) && claims(&group, Some(Claim::Misspelt)));
            if is_native { sorted.native.push(group) } else { others.push(group) }
        }
        let dates = sorted.native.iter().filter_map(|group| date_in_name(group.stem));
        let natives = some_native.then(|| dates.min());
        for group in others {
            let shape = match chosen {
                Some(layout) => VersionName::read(layout, group.stem).map(|_| Shape::Of(layout)),
                None => recognition::shape(&group),
            };
            if shape.is_some_and(Shape::is_bare)
                && let Some(unknown) = group.unknown()
            {
                sorted.unknown.push(unknown);
                continue;
            }
            match shape.filter(|_| !group.files.is_empty()) {
                None => sorted.unfit.push(group),
                Some(shape)
                    if chosen.is_none() && demoted::is_native(shape, &group, natives.as_ref(), lock) =>
                {
                    sorted.native.push(group);
                }
                Some(shape) => sorted.foreign.push((shape, group)),
            }
        }
        // Down files alone are no history, but a slip in the name of a native pair.
        if chosen.is_none() && some_native && sorted.foreign.iter().all(|(_, group)| group.is_down()) {
            sorted.native.extend(sorted.foreign.drain(..).map(|(_, group)| group));
        }
        sorted
    }

    /// The layouts of the files that are not native, each with an example.
    fn layouts(&self, config: &Config) -> Vec<(Layout, &'f str)> {
        if let Some(layout) = &config.layout
            && layout.value != Layout::Native
        {
            return vec![(layout.value, "")];
        }
        recognition::layouts(&self.foreign)
    }
}

/// Whether a file of the group has a mark of the native layout.
fn is_marked(group: &Group<'_>) -> bool {
    group.texts().any(has_native_mark)
}
