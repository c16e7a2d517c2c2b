package org.cornu.pjrt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.cornu.pjrt.capi.PJRT_NamedValue;
import org.cornu.pjrt.capi.Pjrt;

/**
 * Named values of the C API as Java maps: {@code String}, {@code Long}, {@code List<Long>}, {@code
 * Float} and {@code Boolean}.
 */
final class NamedValues {
  private NamedValues() {}

  static Map<String, Object> read(PJRT_NamedValue values, long count) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      PJRT_NamedValue value = values.getPointer(i);
      map.put(Frame.text(value.name(), value.name_size()), readOne(value));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Object readOne(PJRT_NamedValue value) {
    int type = value.type();
    if (type == Pjrt.PJRT_NamedValue_kString) {
      return Frame.text(value.string_value(), value.value_size());
    }
    if (type == Pjrt.PJRT_NamedValue_kInt64) {
      return value.int64_value();
    }
    if (type == Pjrt.PJRT_NamedValue_kInt64List) {
      List<Long> list = new ArrayList<>();
      for (long i = 0; i < value.value_size(); i++) {
        list.add(value.int64_array_value().get(i));
      }
      return Collections.unmodifiableList(list);
    }
    if (type == Pjrt.PJRT_NamedValue_kFloat) {
      return value.float_value();
    }
    if (type == Pjrt.PJRT_NamedValue_kBool) {
      return value.bool_value();
    }
    return "value of unknown kind " + type;
  }

  static PJRT_NamedValue write(Frame frame, Map<String, Object> values) {
    PJRT_NamedValue array =
        frame.structs(PJRT_NamedValue.class, PJRT_NamedValue::new, Math.max(1, values.size()));
    long index = 0;
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      PJRT_NamedValue value = array.getPointer(index++);
      value.struct_size(Loader.sizeof(PJRT_NamedValue.class));
      value.name(frame.text(entry.getKey()));
      value.name_size(Frame.utf8Length(entry.getKey()));
      writeOne(frame, value, entry.getKey(), entry.getValue());
    }
    return array;
  }

  private static void writeOne(Frame frame, PJRT_NamedValue value, String name, Object content) {
    value.value_size(1);
    if (content instanceof String text) {
      value.type(Pjrt.PJRT_NamedValue_kString);
      value.string_value(frame.text(text));
      value.value_size(Frame.utf8Length(text));
    } else if (content instanceof Long || content instanceof Integer) {
      value.type(Pjrt.PJRT_NamedValue_kInt64);
      value.int64_value(((Number) content).longValue());
    } else if (content instanceof long[] list) {
      value.type(Pjrt.PJRT_NamedValue_kInt64List);
      value.int64_array_value(frame.longs(list));
      value.value_size(list.length);
    } else if (content instanceof Float number) {
      value.type(Pjrt.PJRT_NamedValue_kFloat);
      value.float_value(number);
    } else if (content instanceof Boolean flag) {
      value.type(Pjrt.PJRT_NamedValue_kBool);
      value.bool_value(flag);
    } else {
      throw new IllegalArgumentException(
          "option '"
              + name
              + "': a value must be a String, long, long[], float or boolean: got "
              + content.getClass().getSimpleName());
    }
  }
}
