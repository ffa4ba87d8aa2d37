//! `cargo migrate history`

use crate::package::{PACKAGE, damaged, run};

#[test]
fn history_lists_the_revisions_newest_first() {
    let commands = "history\nhistory planning:\nhistory :0123456789ab\nhistory nothing:\nhistory 0123456789ab:def456abc789";
    insta::assert_snapshot!(run(PACKAGE, commands), @"
    > history
    987654321fed < def456abc789, 0123456789ab  (head, merge)  merge priority and owner
    0123456789ab < abc123def456  add owner
    def456abc789 < abc123def456  (planning)  add priority
    abc123def456 <  (base)  create tasks
    > history planning:
    987654321fed < def456abc789, 0123456789ab  (head, merge)  merge priority and owner
    def456abc789 < abc123def456  (planning)  add priority
    > history :0123456789ab
    0123456789ab < abc123def456  add owner
    def456abc789 < abc123def456  (planning)  add priority
    abc123def456 <  (base)  create tasks
    > history nothing:
    error: there is no revision and no label `nothing`
      help: `history` lists the revisions and their labels
    exit code 2
    > history 0123456789ab:def456abc789
    error: `0123456789ab:def456abc789` is the wrong way round: `0123456789ab` rests on `def456abc789`
      help: write `def456abc789:0123456789ab`
    exit code 2
    ");
}

#[test]
fn history_shows_all_of_a_revision() {
    insta::assert_snapshot!(run(PACKAGE, "history --verbose"), @"
    > history --verbose
    987654321fed (head, merge)
        message     merge priority and owner
        revises     def456abc789, 0123456789ab
        sqlite      up nothing; down nothing
                    v1:398db684ccf3f6971be274269f613f076ec5c70796340e94f1380a65d069c9a5
        postgres    up nothing; down nothing
                    v1:b3ab815447958d1c10fa602f5fc6db988716b13c98a36bb0e8c293720e781cc7

    0123456789ab
        message     add owner
        revises     abc123def456
        depends on  def456abc789
        sqlite      up 20251112_1000_add_owner.sql (1 statement); down 20251112_1000_add_owner.sql (1 statement)
                    v1:29c068af3b063324aa3c88fa13f445e86d2b804c72a09ab378beeaa5cf554179
        postgres    up 20251112_1000_add_owner.sql (1 statement); down 20251112_1000_add_owner.sql (1 statement)
                    v1:b245a4e53170e87111e984a8ee5463524c0c7b1d9cd172e8169a732c185557ac

    def456abc789 (planning)
        message     add priority
        revises     abc123def456
        sqlite      up 20251111_0900_add_priority.sql (2 statements); down 20251111_0900_add_priority.sql (2 statements)
                    v1:966871b8f403a92e761160986a350b86364a94d15e4bc4877dfbaea84278e497
        postgres    up 20251111_0900_add_priority.postgres.sql (2 statements, in no transaction); down 20251111_0900_add_priority.sql (2 statements)
                    v1:1f6c100cb4d7120c623f02d08ce8a0afa26f1728e3947a208b9e97a1d099a942

    abc123def456 (base)
        message     create tasks
        created     2025-11-10 12:30:00 UTC
        sqlite      up 20251110_1230_create_tasks.sql (1 statement); down irreversible: it is the beginning
                    v1:b5a846b1d77f212ba27b1d19d249f0eee3b7dc124512863a4cc34da03de9b19f
        postgres    up 20251110_1230_create_tasks.sql (1 statement); down irreversible: it is the beginning
                    v1:b5a846b1d77f212ba27b1d19d249f0eee3b7dc124512863a4cc34da03de9b19f
    ");
}

#[test]
fn history_of_a_refused_directory_shows_why() {
    let files = damaged("revision: 0123456789ab", "revision: def456abc789");
    insta::assert_snapshot!(run(&files, "history"), @"
    > history
    error[duplicate-revision]: two revisions have the id `def456abc789`
     --> migrations/20251112_1000_add_owner.sql:3:14
      |
    3 | -- revision: def456abc789
      |              ^^^^^^^^^^^^ again here
      |
     ::: migrations/20251111_0900_add_priority.sql:3:14
      |
    3 | -- revision: def456abc789
      |              ------------ first here
      |
      = help: give one of them another id, and its name to what revises it

    there is no history to list before these errors are mended
    exit code 1
    ");
}
