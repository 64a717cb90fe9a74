package dev.edo.impl.task.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.future.Future;
import dev.edo.impl.contract.Style;
import dev.edo.task.JoinMap;
import dev.edo.task.JoinQueue;
import dev.edo.task.JoinResult;
import dev.edo.task.JoinSet;
import dev.edo.task.LocalSpawner;
import org.jspecify.annotations.Nullable;

/** What holds tasks until their results are taken: a set, a map or a queue, for the tests that all of them pass. */
interface Members {
    /** The kinds there are. */
    enum Kind {
        SET {
            @Override
            Members create(Style style) {
                return new OfSet(style);
            }
        },
        MAP {
            @Override
            Members create(Style style) {
                return new OfMap(style);
            }
        },
        QUEUE {
            @Override
            Members create(Style style) {
                return new OfQueue(style);
            }
        };

        abstract Members create(Style style);
    }

    /** Spawns on the thread's own local tasks. */
    void spawnLocal(int number, Future<Integer> future);

    /** Spawns on given local tasks. */
    void spawnLocalOn(LocalSpawner local, int number, Future<Integer> future);

    Future<@Nullable JoinResult<Integer>> joinNext();

    @Nullable JoinResult<Integer> tryJoinNext();

    Future<@Nullable Void> shutdown();

    void close();

    int size();

    /** A set. */
    record OfSet(Style style, JoinSet<Integer> set) implements Members {
        OfSet(Style style) {
            this(style, new JoinSet<>());
        }

        @Override
        public void spawnLocal(int number, Future<Integer> future) {
            var unused = style == Style.DIRECT ? set.spawnLocal(() -> future.await()) : set.spawnLocal(future);
        }

        @Override
        public void spawnLocalOn(LocalSpawner local, int number, Future<Integer> future) {
            var unused = style == Style.DIRECT
                    ? set.spawnLocalOn(local, () -> future.await())
                    : set.spawnLocalOn(local, future);
        }

        @Override
        public Future<@Nullable JoinResult<Integer>> joinNext() {
            return set.joinNext();
        }

        @Override
        public @Nullable JoinResult<Integer> tryJoinNext() {
            return set.tryJoinNext();
        }

        @Override
        public Future<@Nullable Void> shutdown() {
            return set.shutdown();
        }

        @Override
        public void close() {
            set.close();
        }

        @Override
        public int size() {
            return set.size();
        }
    }

    /** A map whose keys are the numbers. */
    record OfMap(Style style, JoinMap<Integer, Integer> map) implements Members {
        OfMap(Style style) {
            this(style, new JoinMap<>());
        }

        @Override
        public void spawnLocal(int number, Future<Integer> future) {
            if (style == Style.DIRECT) {
                map.spawnLocal(number, () -> future.await());
            } else {
                map.spawnLocal(number, future);
            }
        }

        @Override
        public void spawnLocalOn(LocalSpawner local, int number, Future<Integer> future) {
            if (style == Style.DIRECT) {
                map.spawnLocalOn(local, number, () -> future.await());
            } else {
                map.spawnLocalOn(local, number, future);
            }
        }

        @Override
        public Future<@Nullable JoinResult<Integer>> joinNext() {
            return map.joinNext().map(OfMap::withoutKey);
        }

        @Override
        public @Nullable JoinResult<Integer> tryJoinNext() {
            return withoutKey(map.tryJoinNext());
        }

        private static @Nullable JoinResult<Integer> withoutKey(JoinMap.@Nullable Ended<Integer, Integer> ended) {
            if (ended == null) {
                return null;
            }
            if (ended.result() instanceof JoinResult.Completed<Integer>(var _, var value)) {
                assertEquals(ended.key(), value);
            }
            return ended.result();
        }

        @Override
        public Future<@Nullable Void> shutdown() {
            return map.shutdown();
        }

        @Override
        public void close() {
            map.close();
        }

        @Override
        public int size() {
            return map.size();
        }
    }

    /** A queue. */
    record OfQueue(Style style, JoinQueue<Integer> queue) implements Members {
        OfQueue(Style style) {
            this(style, new JoinQueue<>());
        }

        @Override
        public void spawnLocal(int number, Future<Integer> future) {
            var unused = style == Style.DIRECT ? queue.spawnLocal(() -> future.await()) : queue.spawnLocal(future);
        }

        @Override
        public void spawnLocalOn(LocalSpawner local, int number, Future<Integer> future) {
            var unused = style == Style.DIRECT
                    ? queue.spawnLocalOn(local, () -> future.await())
                    : queue.spawnLocalOn(local, future);
        }

        @Override
        public Future<@Nullable JoinResult<Integer>> joinNext() {
            return queue.joinNext();
        }

        @Override
        public @Nullable JoinResult<Integer> tryJoinNext() {
            return queue.tryJoinNext();
        }

        @Override
        public Future<@Nullable Void> shutdown() {
            return queue.shutdown();
        }

        @Override
        public void close() {
            queue.close();
        }

        @Override
        public int size() {
            return queue.size();
        }
    }
}
