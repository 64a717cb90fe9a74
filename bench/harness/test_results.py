"""
Tests of what the harness computes: medians, spreads, ratios, and what of it is printed.

    python3 -B -m unittest discover -s bench/harness
"""
import contextlib
import importlib.machinery
import importlib.util
import io
import json
import os
import tempfile
import types
import unittest
from unittest import mock

import echo
import jvm
import machine
import table
import tools
from results import Measured, Results, Row
from tokio import Tokio


def rounds(*medians):
    """Measured once for each of these, one sample each."""
    measured = Measured([medians[0]])
    for median in medians[1:]:
        measured.add(Measured([median]))
    return measured


def row(unit="ns", higher_is_better=False, **peers):
    made = Row("w", "SPAWN", unit, "task", higher_is_better=higher_is_better)
    for peer, measured in peers.items():
        made.add(peer, measured)
    return made


class MeasuredTest(unittest.TestCase):
    def test_one_round_is_the_median_of_its_samples_and_their_range(self):
        measured = Measured([110.0, 90.0, 100.0])
        self.assertEqual(([100.0], 100.0, 90.0, 110.0),
                         (measured.rounds, measured.median, measured.low, measured.high))
        self.assertAlmostEqual(10.0, measured.spread())

    def test_a_single_sample_has_no_spread(self):
        self.assertIsNone(Measured([100.0]).spread())

    def test_a_single_figure_may_bring_its_own_range(self):
        measured = Measured([100.0], 80.0, 120.0)
        self.assertEqual((80.0, 120.0), (measured.low, measured.high))
        self.assertAlmostEqual(20.0, measured.spread())

    def test_several_rounds_are_their_median_and_the_range_of_the_rounds(self):
        measured = Measured([1.0, 2.0, 9.0])
        measured.add(Measured([4.0, 4.0, 50.0]))
        self.assertEqual([2.0, 4.0], measured.rounds)
        self.assertEqual((3.0, 2.0, 4.0), (measured.median, measured.low, measured.high))
        self.assertEqual([1.0, 2.0, 9.0, 4.0, 4.0, 50.0], measured.samples)
        self.assertAlmostEqual(100 / 3, measured.spread())

    def test_a_range_of_a_round_gives_way_to_that_of_the_rounds(self):
        measured = Measured([100.0], 1.0, 1000.0)
        measured.add(Measured([110.0], 2.0, 2000.0))
        self.assertEqual((100.0, 110.0), (measured.low, measured.high))

    def test_rounds_that_agree_have_a_spread_of_nothing(self):
        self.assertEqual(0, rounds(5.0, 5.0).spread())

    def test_a_median_of_zero_has_a_spread_of_nothing(self):
        self.assertEqual(0, Measured([-1.0, 0.0, 1.0]).spread())

    def test_what_was_measured_as_well_is_the_median_of_the_rounds_that_have_it(self):
        measured = Measured([1.0], cpu_ns=None)
        self.assertIsNone(measured.more("cpu_ns"))
        measured.add(Measured([1.0], cpu_ns=4.0))
        measured.add(Measured([1.0], cpu_ns=8.0))
        self.assertEqual(6.0, measured.more("cpu_ns"))

    def test_a_note_belongs_to_its_round(self):
        measured, later = Measured([1.0]), Measured([1.0])
        measured.note("other_cpus", 0.0)
        later.note("other_cpus", 3.0)
        measured.add(later)
        self.assertEqual((1.5, 3.0), (measured.more("other_cpus"), later.more("other_cpus")))

    def test_json_has_four_digits_of_floats_and_all_of_whole_numbers(self):
        self.assertEqual({"median": 1.235, "low": 1.235, "high": 1.235, "rounds": [1.235], "samples": [1.235],
                          "cpu_ns": 12350.0}, Measured([1.23456], cpu_ns=12345.6).json())
        self.assertEqual(123456, Measured([123456]).json()["median"])


class RowTest(unittest.TestCase):
    def test_a_ratio_below_one_says_that_the_first_took_less(self):
        both = row(EDO_STACKLESS=rounds(50.0), TOKIO=rounds(100.0))
        self.assertEqual(0.5, both.ratio("EDO_STACKLESS", "TOKIO"))
        self.assertEqual(2.0, both.ratio("TOKIO", "EDO_STACKLESS"))

    def test_a_ratio_keeps_its_direction_where_more_is_better(self):
        both = row(unit="1/s", higher_is_better=True, EDO_STACKLESS=rounds(200.0), TOKIO=rounds(100.0))
        self.assertEqual(2.0, both.ratio("EDO_STACKLESS", "TOKIO"))
        self.assertTrue(both.json()["higher_is_better"])

    def test_a_ratio_is_the_median_of_the_rounds_and_not_that_of_the_medians(self):
        both = row(EDO_STACKLESS=rounds(10.0, 30.0, 20.0), TOKIO=rounds(10.0, 60.0, 80.0))
        self.assertEqual(0.5, both.ratio("EDO_STACKLESS", "TOKIO"))

    def test_a_machine_that_is_slower_for_a_round_does_not_change_the_ratio(self):
        both = row(EDO_STACKLESS=rounds(10.0, 25.0, 10.0), TOKIO=rounds(20.0, 50.0, 20.0))
        self.assertEqual(0.5, both.ratio("EDO_STACKLESS", "TOKIO"))

    def test_rounds_are_paired_in_order_where_one_peer_failed_later(self):
        both = row(EDO_STACKLESS=rounds(10.0, 90.0, 90.0), TOKIO=rounds(20.0))
        self.assertEqual(0.5, both.ratio("EDO_STACKLESS", "TOKIO"))
        self.assertEqual(2.0, both.ratio("TOKIO", "EDO_STACKLESS"))

    def test_there_is_no_ratio_without_both(self):
        one = row(TOKIO=rounds(1.0))
        self.assertIsNone(one.ratio("EDO_STACKLESS", "TOKIO"))
        self.assertIsNone(one.ratio("TOKIO", "EDO_STACKLESS"))

    def test_rounds_of_zero_are_no_measure(self):
        self.assertEqual(0.5, row(EDO_STACKLESS=rounds(1.0, 3.0), TOKIO=rounds(0.0, 6.0))
                         .ratio("EDO_STACKLESS", "TOKIO"))
        self.assertIsNone(row(EDO_STACKLESS=rounds(1.0), TOKIO=rounds(0.0)).ratio("EDO_STACKLESS", "TOKIO"))

    def test_a_later_round_is_added_to_the_first(self):
        made = row(TOKIO=rounds(1.0))
        made.add("TOKIO", Measured([3.0]))
        self.assertEqual([1.0, 3.0], made.peers["TOKIO"].rounds)

    def test_json_has_the_ratios_that_there_are(self):
        made = row(EDO_STACKLESS=rounds(1.0), EDO_DIRECT=rounds(3.0), TOKIO=rounds(3.0), KOTLIN=rounds(1.0))
        self.assertEqual({"EDO_STACKLESS/TOKIO": 0.3333, "EDO_DIRECT/TOKIO": 1.0}, made.json()["ratios"])
        self.assertNotIn("failures", made.json())
        made.failures["KOTLIN"] = "exit code 1"
        self.assertEqual({"KOTLIN": "exit code 1"}, made.json()["failures"])

    def test_results_have_one_row_of_each_name(self):
        results = Results()
        first = results.row("w", "SPAWN", "ns", "task")
        self.assertIs(first, results.row("w", "SPAWN", "ns", "task"))
        self.assertIsNot(first, results.row("v", "SPAWN", "ns", "task"))


class ToolsTest(unittest.TestCase):
    def test_an_iteration_of_tokio_is_divided_by_the_operations_of_the_workload(self):
        measured = self._tokio({
            "median_ns": 1000.0, "min_ns": 900.0, "max_ns": 1200.0, "cpu_ns_per_op": 2.0, "ops_per_iter": 1600}, 100)
        self.assertEqual([""], list(measured))
        self.assertEqual(([10.0], 9.0, 12.0), (measured[""].rounds, measured[""].low, measured[""].high))
        self.assertEqual(32.0, measured[""].more("cpu_ns"))

    def test_lateness_and_memory_of_tokio_are_divided_by_nothing(self):
        late = self._tokio({"late_p50_us": 1088.0, "late_p99_us": 1167.0}, 1)
        self.assertEqual({"_p50": 1088.0, "_p99": 1167.0}, {key: value.median for key, value in late.items()})
        memory = self._tokio({"bytes_per_task": 321.0, "min": 320.0, "max": 325.0}, 1)[""]
        self.assertEqual((321.0, 320.0, 325.0), (memory.median, memory.low, memory.high))

    @staticmethod
    def _tokio(line, operations):
        tokio = Tokio.__new__(Tokio)  # without building it
        tokio.rtbench = "rtbench"
        tokio.options = types.SimpleNamespace(core_list=[], mode_settings=types.SimpleNamespace(
            tokio_samples=5, tokio_sample_ms=100, tokio_warmup_ms=300, tokio_timeout=90))
        with mock.patch.object(tools, "output", return_value=json.dumps(line)):
            return tokio.measure("w", operations)

    def test_samples_of_jmh_are_its_iterations(self):
        measured = jvm._jmh_result({
            "primaryMetric": {"rawData": [[3.0, 1.0, 2.0]]},
            "secondaryMetrics": {"cpu": {"score": 5.0}, "gc.alloc.rate.norm": {"score": "NaN"}}})
        self.assertEqual(([2.0], 1.0, 3.0), (measured.rounds, measured.low, measured.high))
        self.assertEqual((5.0, None), (measured.more("cpu_ns"), measured.more("alloc_bytes")))

    def test_a_peer_without_flavors_runs_as_the_multi_thread_one(self):
        self.assertEqual("ct_request_reply", jvm._jmh_name("{flavor}_request_reply", {"flavor": "ct"}))
        self.assertEqual("mt_request_reply", jvm._jmh_name("{flavor}_request_reply", {}))

    def test_the_heap_counts_as_memory_of_a_connection_though_it_was_resident_before(self):
        before, after = {"heap": 1_000, "rss": 600_000}, {"heap": 3_000, "rss": 640_000}
        self.assertEqual({"heap": 200.0, "memory": 4200.0}, echo.idle_figures(before, after, 10))

    def test_all_memory_of_a_connection_is_resident_where_there_is_no_heap(self):
        self.assertEqual({"memory": 4000.0}, echo.idle_figures({"rss": 10_000}, {"rss": 50_000}, 10))

    def test_a_server_that_has_ended_is_no_end_of_the_run(self):
        with mock.patch("builtins.open", mock.mock_open(read_data="Name:\techo-server\nState:\tZ (zombie)\n")):
            with self.assertRaises(RuntimeError):
                echo._bytes(types.SimpleNamespace(pid=1), {"name": "TOKIO"})


class TableTest(unittest.TestCase):
    def test_a_cell_is_the_median_and_half_the_range(self):
        self.assertEqual("100 ±10%", table.cell(row(), Measured([90.0, 100.0, 110.0])))
        self.assertEqual("100", table.cell(row(), Measured([100.0])))
        self.assertEqual("", table.cell(row(), None))

    def test_what_others_disturbed_is_marked_unless_it_is_bytes(self):
        self.assertEqual("100 !", table.cell(row(), Measured([100.0], other_cpus=0.3)))
        self.assertEqual("100", table.cell(row(), Measured([100.0], other_cpus=0.2)))
        self.assertEqual("100", table.cell(row(unit="B"), Measured([100.0], other_cpus=0.3)))

    def test_the_table_says_how_much_the_machine_pauses_and_how_it_schedules(self):
        description = {"cpu": "CPU", "cores": 2, "system": "Linux", "jdk": "", "rust": "", "mode": "quick", "date": "",
                       "commit": "", "rounds": 1, "pauses": {"0": {"percent": 0.4, "longest_us": 1500}},
                       "scheduling": ["idle=poll"]}
        rendered = table.render([], {}, description, {})
        self.assertIn("core 0 0.4 % of the time (longest 1,500 us)", rendered)
        self.assertIn("started with idle=poll, which", rendered)

    def test_parameters_that_schedule_are_told_from_others(self):
        parameters = "quiet nohz_full=1 root=/dev/sda sched_energy_aware=0 haltpoll.guest_halt_poll_ns=0 xidle=poll"
        self.assertEqual(["nohz_full=1", "sched_energy_aware=0", "haltpoll.guest_halt_poll_ns=0"],
                         machine.scheduling(parameters))

    def test_a_loop_that_never_waits_counts_its_pauses(self):
        ticks = iter([0, 10_000, 110_000, 120_000, 1_000_000])
        with mock.patch.object(machine.time, "perf_counter_ns", lambda: next(ticks)):
            self.assertEqual({"percent": 98.0, "longest_us": 880}, machine._pauses_here(0.001))

    def test_numbers_and_ratios_keep_at_least_two_digits(self):
        self.assertEqual(["12,346", "12.3", "1.23", ""], [table.number(v) for v in (12345.6, 12.34, 1.234, None)])
        self.assertEqual(["12.34", "1.23", "0.12", "0.042", "0.0025", ""],
                         [table.ratio(v) for v in (12.341, 1.234, 0.123, 0.0421, 0.00249, None)])


class CompareTest(unittest.TestCase):
    def test_the_farthest_from_the_median_counts(self):
        printed = self._compare([], {"w": 0.5}, {"w": 1.0}, {"w": 1.1})
        self.assertIn("0.500   1.000   1.100  ±50%", printed)
        self.assertIn("1 farther than 15 %:\nw EDO_STACKLESS/TOKIO", printed)

    def test_what_is_near_enough_is_not_named_again(self):
        printed = self._compare(["--within", "60"], {"w": 0.5}, {"w": 1.0}, {"w": 1.1})
        self.assertEqual(1, printed.count("w EDO_STACKLESS/TOKIO"))
        self.assertTrue(printed.endswith("0 farther than 60 %:\n"), printed)

    def test_a_ratio_that_one_run_lacks_is_named(self):
        printed = self._compare([], {"w": 1.0}, {"w": 1.0, "v": 2.0})
        self.assertIn("1 not in all runs:\nv EDO_STACKLESS/TOKIO\n", printed)

    def test_one_run_is_nothing_to_compare(self):
        with contextlib.redirect_stderr(io.StringIO()) as said:
            self.assertEqual(2, _program("compare").main(["a.json"]))
        self.assertIn("usage: bench/compare", said.getvalue())

    def test_what_cannot_be_compared_is_named(self):
        with tempfile.TemporaryDirectory() as directory:
            empty = os.path.join(directory, "empty.json")
            with open(empty, "w") as file:
                file.write("[]")
            absent = os.path.join(directory, "absent.json")
            for words, named in [([empty, empty], empty), ([absent, empty], absent), (["--within", "x", empty], "'x'")]:
                with self.subTest(named), contextlib.redirect_stderr(io.StringIO()) as said:
                    self.assertEqual(2, _program("compare").main(words))
                self.assertIn(named, said.getvalue())

    def _compare(self, words, *runs):
        """What it prints of these runs, each a ratio by the name of its workload."""
        with tempfile.TemporaryDirectory() as directory:
            paths = []
            for number, run in enumerate(runs):
                paths.append(os.path.join(directory, f"{number}.json"))
                with open(paths[-1], "w") as file:
                    json.dump({"rows": [{"name": name, "ratios": {"EDO_STACKLESS/TOKIO": ratio}}
                                        for name, ratio in run.items()]}, file)
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                self.assertEqual(0, _program("compare").main([*words, *paths]))
        return printed.getvalue()


class RunTest(unittest.TestCase):
    def test_arguments_that_make_no_sense_are_refused_before_anything_is_built(self):
        for words, reason in [(["--only", "("], "no regular expression"), (["--cores", "0,x"], "no list of cores"),
                              (["--jvm", "'"], "cannot be split"), (["--rounds", "0"], "no number of rounds")]:
            with self.subTest(words), contextlib.redirect_stderr(io.StringIO()) as said:
                self.assertEqual(2, self._run(words))
            self.assertIn(reason, said.getvalue())

    def test_an_argument_of_the_jvm_is_none_of_its_own(self):
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(0, self._run(["--help", "--jvm", "-XX:+UseParallelGC"]))

    @staticmethod
    def _run(words):
        """How it ends."""
        with mock.patch("sys.argv", ["bench/run", *words]):
            try:
                return _program("run").main()
            except SystemExit as e:
                return e.code


def _program(name):
    """bench/compare or bench/run, which have no suffix to import them by."""
    loader = importlib.machinery.SourceFileLoader(name, os.path.join(tools.BENCH, name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


if __name__ == "__main__":
    unittest.main()
