package org.pharos.pipelines.jobs;

import java.beans.Introspector;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.ConnectionFlags;
import org.pharos.pipelines.TargetOptions;

/**
 * The arguments of a command line, as options of a pipeline. What Beam would find late, or tell by
 * a stack trace, is found here and told by name: an option that does not exist, a value that does
 * not fit its type, one that is needed and missing.
 */
public final class Arguments {
  private static final String FILE = "File";

  private Arguments() {}

  /**
   * The options that a voice and a user give.
   *
   * @throws BadOption naming the option, the value and what is allowed
   */
  public static <O extends CassandraOptions> O parse(
      Voice voice, List<String> user, Class<O> type) {
    PipelineOptionsFactory.register(type);
    Map<String, Method> known = known(type);
    Map<String, String> given = given(user, known);
    List<String> all = new ArrayList<>();
    for (String argument : voice.first()) {
      if (!given.containsKey(name(argument))) {
        all.add(argument);
      }
    }
    given.forEach((name, value) -> all.add("--" + name + "=" + value));
    all.addAll(textsOfFiles(given, known));
    checkRequired(type, given.keySet());
    try {
      O options = PipelineOptionsFactory.fromArgs(all.toArray(new String[0])).as(type);
      ConnectionFiles.check(ConnectionFlags.of(options));
      if (TargetOptions.class.isAssignableFrom(type)) {
        ConnectionFiles.check(ConnectionFlags.ofTarget(options.as(TargetOptions.class)));
      }
      return options;
    } catch (IllegalArgumentException e) {
      throw new BadOption(String.valueOf(e.getMessage()));
    }
  }

  /** The names of the options of a type that people may set, without those of Beam itself. */
  public static List<Method> documented(Class<? extends PipelineOptions> type) {
    return getters(Set.of(type)).values().stream()
        .filter(getter -> getter.getDeclaringClass() != PipelineOptions.class)
        .filter(getter -> !getter.isAnnotationPresent(Hidden.class))
        .toList();
  }

  /** The name of the option that a getter belongs to. */
  public static String option(Method getter) {
    return Introspector.decapitalize(getter.getName().replaceFirst("^(get|is)", ""));
  }

  private static Map<String, String> given(List<String> user, Map<String, Method> known) {
    Map<String, String> given = new TreeMap<>();
    for (String argument : user) {
      if (!argument.startsWith("--") || argument.length() < 3) {
        throw new BadOption("\"" + argument + "\" is no option; options look like --name=value");
      }
      String name = name(argument);
      String value =
          argument.contains("=") ? argument.substring(argument.indexOf('=') + 1) : "true";
      Method getter = known.get(name);
      if (getter == null) {
        throw new BadOption(name, "", "there is no such option; " + closest(name, known.keySet()));
      }
      checkType(name, value, getter.getReturnType(), !argument.contains("="));
      if (given.put(name, value) != null) {
        throw new BadOption(name, value, "is given twice");
      }
    }
    return given;
  }

  private static void checkType(String name, String value, Class<?> type, boolean bare) {
    boolean truth = type == boolean.class || type == Boolean.class;
    if (bare && !truth) {
      throw new BadOption(name, "", "needs a value, as in --" + name + "=...");
    }
    if (truth && !value.equals("true") && !value.equals("false")) {
      throw new BadOption(name, value, "true or false is allowed");
    }
    if (type == int.class || type == Integer.class) {
      checkWhole(name, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == long.class || type == Long.class) {
      checkWhole(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type.isEnum()) {
      List<String> constants =
          Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
      if (!constants.contains(value)) {
        throw new BadOption(name, value, "one of " + String.join(", ", constants) + " is allowed");
      }
    }
  }

  private static void checkWhole(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return;
      }
    } catch (NumberFormatException e) {
      // The same answer as for a number beyond the limits.
    }
    throw new BadOption(
        name, value, "a whole number from " + least + " to " + most + " is allowed");
  }

  private static void checkRequired(Class<? extends PipelineOptions> type, Set<String> given) {
    for (Method getter : documented(type)) {
      if (getter.isAnnotationPresent(Validation.Required.class)
          && !given.contains(option(getter))) {
        throw new BadOption(option(getter), "", "is needed: " + description(getter));
      }
    }
  }

  /** What an option is for. */
  public static String description(Method getter) {
    Description description = getter.getAnnotation(Description.class);
    return description == null ? "" : description.value();
  }

  /**
   * An option {@code thingFile} that has a hidden one beside it, {@code thing}, is a file of this
   * machine, whose text travels to the workers in the hidden one.
   */
  private static List<String> textsOfFiles(Map<String, String> given, Map<String, Method> known) {
    List<String> texts = new ArrayList<>();
    given.forEach(
        (name, file) -> {
          Method text = name.endsWith(FILE) ? known.get(name.replaceFirst(FILE + "$", "")) : null;
          if (text != null && text.isAnnotationPresent(Hidden.class)) {
            texts.add("--" + option(text) + "=" + read(name, file));
          }
        });
    return texts;
  }

  private static String read(String option, String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new BadOption(option, file, "is not a file that can be read");
    }
  }

  private static String closest(String name, Set<String> known) {
    String best =
        known.stream().min(Comparator.comparingInt(other -> distance(name, other))).orElse("");
    return distance(name, best) <= Math.max(2, name.length() / 3)
        ? "did you mean --" + best + "?"
        : "--help lists those there are";
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String name(String argument) {
    int equals = argument.indexOf('=');
    return argument.substring(2, equals < 0 ? argument.length() : equals);
  }

  private static Map<String, Method> known(Class<? extends PipelineOptions> type) {
    Set<Class<? extends PipelineOptions>> types =
        new LinkedHashSet<>(PipelineOptionsFactory.getRegisteredOptions());
    types.add(type);
    return getters(types);
  }

  private static Map<String, Method> getters(Set<Class<? extends PipelineOptions>> types) {
    Map<String, Method> getters = new TreeMap<>();
    for (Class<? extends PipelineOptions> type : types) {
      for (Method method : type.getMethods()) {
        if (method.getParameterCount() == 0
            && method.getName().matches("(get|is)[A-Z].*")
            && !Modifier.isStatic(method.getModifiers())) {
          getters.putIfAbsent(option(method), method);
        }
      }
    }
    return getters;
  }
}
