package dev.edo.impl.natives;

/**
 * Opens a package of {@code java.base}, which otherwise takes {@code --add-opens} on the command
 * line.
 *
 * <p>Implementation note: JNI, to which access checks do not apply, calls {@code
 * Module.implAddOpens(String, Module)}, in which {@code --add-opens} ends too. Verified on 25.0.3.
 */
public final class ModuleOpener {

    private ModuleOpener() {
    }

    /**
     * Opens a package of {@code java.base} to the module of a class, which may be an unnamed one.
     *
     * @return false if this JDK has no such method; nothing is opened then
     * @throws IllegalArgumentException if {@code java.base} has no such package
     */
    public static boolean open(String packageName, Class<?> target) {
        return addOpens(Object.class.getModule(), packageName, target.getModule());
    }

    private static native boolean addOpens(Module module, String packageName, Module target);
}
