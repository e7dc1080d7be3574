package org.maunode.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The compiled classes of the run-time modules, and what each refers to. */
final class ClassFiles {
    private static final Pattern TYPE = Pattern.compile("L([^;<]+)[;<]");

    private ClassFiles() {}

    /**
     * One class.
     *
     * @param types internal names of all types that it mentions
     * @param calls {@code owner.member} of all members that it refers to
     */
    record Compiled(String name, Set<String> types, Set<String> calls) {
        String packageName() {
            return packageOf(name);
        }
    }

    static String packageOf(String internalName) {
        int slash = internalName.lastIndexOf('/');
        return slash < 0 ? "" : internalName.substring(0, slash).replace('/', '.');
    }

    /** All classes of modules beside this one. A module without classes fails: a check of nothing would pass. */
    static List<Compiled> of(String... modules) {
        List<Compiled> all = new ArrayList<>();
        for (String module : modules) {
            List<Compiled> classes = in(Path.of("..", module, "target", "classes"));
            assertFalse(classes.isEmpty(), "no classes of " + module + ": is it compiled?");
            all.addAll(classes);
        }
        return all;
    }

    private static List<Compiled> in(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("module-info.class"))
                    .map(ClassFiles::read)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Compiled read(Path file) {
        try {
            ClassModel model = ClassFile.of().parse(file);
            Set<String> types = new TreeSet<>();
            Set<String> calls = new TreeSet<>();
            for (PoolEntry entry : model.constantPool()) {
                collect(entry, types, calls);
            }
            return new Compiled(model.thisClass().asInternalName(), types, calls);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void collect(PoolEntry entry, Set<String> types, Set<String> calls) {
        switch (entry) {
            case ClassEntry type -> addTypes(types, type.asInternalName());
            case NameAndTypeEntry member -> addTypes(types, member.type().stringValue());
            case MemberRefEntry member ->
                calls.add(member.owner().asInternalName() + "." + member.name().stringValue());
            default -> {}
        }
    }

    private static void addTypes(Set<String> types, String text) {
        if (!text.startsWith("[") && text.indexOf(';') < 0 && text.indexOf('(') < 0) {
            types.add(text);
            return;
        }
        Matcher matcher = TYPE.matcher(text);
        while (matcher.find()) {
            types.add(matcher.group(1));
        }
    }
}
