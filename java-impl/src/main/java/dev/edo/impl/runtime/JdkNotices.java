package dev.edo.impl.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a user has to know about the JDK that runs Edo; each notice is logged once. */
final class JdkNotices {
    private static final System.Logger LOG = System.getLogger("dev.edo");
    private static final AtomicBoolean SAID = new AtomicBoolean();
    private static final Runtime.Version FIXED = Runtime.Version.parse("25.0.3");

    private JdkNotices() {}

    /**
     * Logs what there is to say, the first time.
     *
     * @param refusal why virtual threads cannot run on Edo's workers, or null
     */
    static void sayOnce(@Nullable Throwable refusal) {
        if (SAID.getAndSet(true)) {
            return;
        }
        var version = Runtime.version();
        if (losesWakeUps(version)) {
            LOG.log(System.Logger.Level.WARNING, "JDK " + version + " can lose the wake-up of a virtual thread"
                    + " (JDK-8369227), so tasks in direct style may hang; upgrade to 25.0.3 or later");
        }
        if (refusal != null) {
            LOG.log(System.Logger.Level.WARNING, "tasks in direct style run on the JDK's own scheduler instead of"
                    + " Edo's workers, because this JDK does not let a library schedule virtual threads: " + refusal);
        }
    }

    static boolean losesWakeUps(Runtime.Version version) {
        return version.feature() == FIXED.feature() && version.compareToIgnoreOptional(FIXED) < 0
                || version.feature() == 26 && version.interim() == 0 && version.update() < 1;
    }
}
