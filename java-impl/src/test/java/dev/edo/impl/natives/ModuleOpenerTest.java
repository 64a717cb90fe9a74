package dev.edo.impl.natives;

import static java.lang.invoke.MethodHandles.lookup;
import static java.lang.invoke.MethodHandles.privateLookupIn;
import static java.lang.invoke.MethodType.methodType;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Opening packages of java.base. */
class ModuleOpenerTest {

    @BeforeAll
    static void load() {
        NativeLibrary.ensureLoaded();
    }

    /** What the coroutine scheduler needs: the JDK's factory of virtual threads. */
    @Test
    void opensTheFactoryOfVirtualThreads() throws Throwable {
        assertTrue(ModuleOpener.open("java.lang", ModuleOpenerTest.class));

        MethodHandle factory = privateLookupIn(Class.forName("java.lang.ThreadBuilders"), lookup())
                .findStatic(Class.forName("java.lang.ThreadBuilders"), "newVirtualThread",
                        methodType(Thread.class, Executor.class, String.class, int.class,
                                Runnable.class));
        AtomicInteger executed = new AtomicInteger();
        Executor executor = continuation -> {
            executed.incrementAndGet();
            continuation.run();
        };
        Thread thread = (Thread) factory.invoke(executor, "task", 0, (Runnable) () -> { });
        thread.start();
        thread.join();

        assertEquals(1, executed.get());
        assertTrue(thread.isVirtual());
    }

    @Test
    void refusesAPackageThatJavaBaseDoesNotHave() {
        assertThrows(IllegalArgumentException.class,
                () -> ModuleOpener.open("no.such.place", ModuleOpenerTest.class));
    }
}
