package org.pharos.schemas;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.function.Function;

/** Binds the accessors and the canonical constructor of a record, once. */
final class RecordBinder {
  private final Class<? extends Record> type;
  private final MethodHandles.Lookup lookup;

  RecordBinder(Class<? extends Record> type) {
    this.type = type;
    try {
      this.lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          type.getName() + " is closed to us: open its package to this module", e);
    }
  }

  /** The accessor as a function: the JIT sees an ordinary call, which no plain handle gives it. */
  @SuppressWarnings("unchecked") // the factory makes what it is asked for
  Function<Object, Object> reader(RecordComponent component) {
    try {
      MethodHandle accessor = lookup.unreflect(component.getAccessor());
      return (Function<Object, Object>)
          LambdaMetafactory.metafactory(
                  lookup,
                  "apply",
                  methodType(Function.class),
                  methodType(Object.class, Object.class),
                  accessor,
                  accessor.type().wrap().changeParameterType(0, type))
              .getTarget()
              .invoke();
    } catch (Throwable e) {
      throw new IllegalArgumentException(
          "no access to " + type.getName() + '.' + component.getName(), e);
    }
  }

  Function<Object[], Object> constructor() {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    MethodHandle constructor;
    try {
      constructor =
          lookup
              .findConstructor(type, methodType(void.class, types))
              .asSpreader(Object[].class, types.length)
              .asType(methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no access to the constructor of " + type.getName(), e);
    }
    return values -> construct(constructor, values);
  }

  private Object construct(MethodHandle constructor, Object[] values) {
    try {
      return (Object) constructor.invokeExact(values);
    } catch (ClassCastException e) {
      throw mismatch(values, e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the constructor of " + type.getName() + " failed", e);
    }
  }

  private RuntimeException mismatch(Object[] values, ClassCastException cause) {
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < values.length; i++) {
      Class<?> wanted = methodType(components[i].getType()).wrap().returnType();
      if (values[i] != null && !wanted.isInstance(values[i])) {
        return new IllegalArgumentException(
            type.getName()
                + '.'
                + components[i].getName()
                + " is a "
                + wanted.getName()
                + ", but the row's value is a "
                + values[i].getClass().getName(),
            cause);
      }
    }
    return cause;
  }
}
