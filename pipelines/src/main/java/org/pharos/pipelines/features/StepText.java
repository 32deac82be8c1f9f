package org.pharos.pipelines.features;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.schemas.Schema;
import org.pharos.schemas.text.Token;
import org.pharos.transforms.features.fit.Binarizer;
import org.pharos.transforms.features.fit.Bucketizer;
import org.pharos.transforms.features.fit.CategoryCross;
import org.pharos.transforms.features.fit.Clipper;
import org.pharos.transforms.features.fit.CountEncoder;
import org.pharos.transforms.features.fit.CountVectorizer;
import org.pharos.transforms.features.fit.CyclicEncoder;
import org.pharos.transforms.features.fit.DateParts;
import org.pharos.transforms.features.fit.DictVectorizer;
import org.pharos.transforms.features.fit.FeatureHasher;
import org.pharos.transforms.features.fit.FeatureStep;
import org.pharos.transforms.features.fit.Geohash;
import org.pharos.transforms.features.fit.HeavyHitters;
import org.pharos.transforms.features.fit.KBinsDiscretizer;
import org.pharos.transforms.features.fit.MaxAbsScaler;
import org.pharos.transforms.features.fit.MdlpDiscretizer;
import org.pharos.transforms.features.fit.MinMaxScaler;
import org.pharos.transforms.features.fit.MultiLabelBinarizer;
import org.pharos.transforms.features.fit.NGrams;
import org.pharos.transforms.features.fit.Normalizer;
import org.pharos.transforms.features.fit.OneHotEncoder;
import org.pharos.transforms.features.fit.OrdinalEncoder;
import org.pharos.transforms.features.fit.PolynomialFeatures;
import org.pharos.transforms.features.fit.PowerTransformer;
import org.pharos.transforms.features.fit.QuantileTransformer;
import org.pharos.transforms.features.fit.Ratio;
import org.pharos.transforms.features.fit.RobustScaler;
import org.pharos.transforms.features.fit.SelectKBest;
import org.pharos.transforms.features.fit.SimpleImputer;
import org.pharos.transforms.features.fit.StandardScaler;
import org.pharos.transforms.features.fit.TargetEncoder;
import org.pharos.transforms.features.fit.TextStatistics;
import org.pharos.transforms.features.fit.TfidfVectorizer;
import org.pharos.transforms.features.fit.Tokens;
import org.pharos.transforms.features.fit.VarianceThreshold;
import org.pharos.transforms.features.fit.VonMises;
import org.pharos.transforms.features.fit.WeightOfEvidence;
import org.pharos.transforms.text.UnicodeWords;

/**
 * Steps of a {@link org.pharos.transforms.features.fit.FeaturePipeline} as people write them:
 * {@code standard_scaler(spend)}, {@code one_hot_encoder(category, 20)}.
 *
 * @param name of the step
 * @param arguments as they were written
 */
record StepText(String name, List<String> arguments) {
  /** What can be written, as a sentence without its full stop. */
  static final String ALLOWED =
      String.join(
              "; ",
              "standard_scaler(COLUMN)",
              "min_max_scaler(COLUMN)",
              "max_abs_scaler(COLUMN)",
              "robust_scaler(COLUMN)",
              "power_transformer(COLUMN)",
              "quantile_transformer(COLUMN, uniform or normal, QUANTILES)",
              "normalizer(l1 or l2 or max, COLUMN, ...)",
              "simple_imputer(COLUMN, mean or median or most_frequent, indicator or not)",
              "simple_imputer(COLUMN, constant, VALUE, indicator or not)",
              "clipper(COLUMN, LOW, HIGH)",
              "clipper(COLUMN, quantiles, LOW, HIGH)",
              "clipper(COLUMN, fences, FACTOR)",
              "binarizer(COLUMN, THRESHOLD)",
              "bucketizer(COLUMN, EDGE, ...)",
              "k_bins_discretizer(COLUMN, quantile or uniform, BINS)",
              "mdlp_discretizer(COLUMN, TARGET)",
              "one_hot_encoder(COLUMN, MOST)",
              "multi_label_binarizer(COLUMN, MOST)",
              "ordinal_encoder(COLUMN, MOST)",
              "count_encoder(COLUMN, MOST, share or not)",
              "heavy_hitters(COLUMN, MOST)",
              "dict_vectorizer(COLUMN, MOST)",
              "target_encoder(CATEGORY, TARGET, ENTITY)",
              "weight_of_evidence(CATEGORY, TARGET, ENTITY)",
              "feature_hasher(NAME, LENGTH, COLUMN, ...)",
              "category_cross(COLUMN, ...)",
              "polynomial_features(DEGREE, COLUMN, ...)",
              "ratio(NAME, NUMERATOR, DENOMINATOR)",
              "cyclic_encoder(COLUMN, PERIOD)",
              "von_mises(COLUMN, PERIOD, CONCENTRATION, POINT, ...)",
              "geohash(NAME, LATITUDE, LONGITUDE, LENGTH)",
              "date_parts(COLUMN, ZONE, PART, ...)",
              "text_statistics(COLUMN)",
              "tokens(COLUMN)",
              "n_grams(COLUMN, LEAST, MOST)",
              "count_vectorizer(COLUMN, MOST)",
              "tfidf_vectorizer(COLUMN, MOST)",
              "variance_threshold(NAME, THRESHOLD, COLUMN, ...)",
              "select_k_best(NAME, anova_f or chi_squared or regression_f, MOST, TARGET, COLUMN,"
                  + " ...)")
          + " are allowed";

  private static final Pattern CALL = Pattern.compile("(\\w+)\\s*\\(([^()]+)\\)");

  /**
   * The parts of a text.
   *
   * @throws IllegalArgumentException if it is no call with arguments
   */
  static StepText parse(String text) {
    Matcher call = CALL.matcher(text.strip());
    if (!call.matches()) {
      throw new IllegalArgumentException(text.strip() + " is no step: " + ALLOWED);
    }
    return new StepText(
        call.group(1), Arrays.stream(call.group(2).split(",", -1)).map(String::strip).toList());
  }

  /**
   * The step.
   *
   * @param rows that it comes to, which say of which type a constant is
   * @throws IllegalArgumentException if there is none of this name with such arguments
   */
  FeatureStep step(Schema rows) {
    String first = arguments.get(0);
    return switch (name + "/" + arguments.size()) {
      case "standard_scaler/1" -> StandardScaler.of(first);
      case "min_max_scaler/1" -> MinMaxScaler.of(first);
      case "max_abs_scaler/1" -> MaxAbsScaler.of(first);
      case "robust_scaler/1" -> RobustScaler.of(first);
      case "power_transformer/1" -> PowerTransformer.of(first);
      case "text_statistics/1" -> TextStatistics.of(first);
      case "tokens/1" -> Tokens.of(first, StepText::words);
      case "n_grams/3" -> NGrams.of(first, whole(1), whole(2));
      case "count_vectorizer/2" -> CountVectorizer.of(first, whole(1));
      case "tfidf_vectorizer/2" -> TfidfVectorizer.of(first, whole(1));
      case "mdlp_discretizer/2" -> MdlpDiscretizer.of(first, arguments.get(1));
      case "quantile_transformer/3" -> quantiles(first);
      case "one_hot_encoder/2" -> OneHotEncoder.of(first, whole(1));
      case "multi_label_binarizer/2" -> MultiLabelBinarizer.of(first, whole(1));
      case "ordinal_encoder/2" -> OrdinalEncoder.of(first, whole(1));
      case "heavy_hitters/2" -> HeavyHitters.of(first, whole(1));
      case "dict_vectorizer/2" -> DictVectorizer.of(first, whole(1));
      case "geohash/4" -> Geohash.of(first, arguments.get(1), arguments.get(2), whole(3));
      case "count_encoder/2" -> CountEncoder.of(first, whole(1));
      case "count_encoder/3" -> {
        expect(2, "share");
        yield CountEncoder.of(first, whole(1)).asShare();
      }
      case "ratio/3" -> Ratio.of(first, arguments.get(1), arguments.get(2));
      case "target_encoder/3" -> TargetEncoder.of(first, arguments.get(1), arguments.get(2));
      case "weight_of_evidence/3" -> WeightOfEvidence.of(first, arguments.get(1), arguments.get(2));
      case "binarizer/2" -> Binarizer.of(first, number(1));
      case "cyclic_encoder/2" -> CyclicEncoder.of(first, number(1));
      case "k_bins_discretizer/3" -> bins(first);
      default -> ofMany(first, rows);
    };
  }

  private static List<String> words(String text) {
    return UnicodeWords.inLowerCase().tokenize(text).stream().map(Token::term).toList();
  }

  /** A step whose number of arguments is not fixed. */
  private FeatureStep ofMany(String first, Schema rows) {
    return switch (name) {
      case "simple_imputer" -> imputer(first, rows);
      case "clipper" -> clipper(first);
      case "bucketizer" -> Bucketizer.of(first, numbers(1));
      case "von_mises" -> {
        require(4);
        yield VonMises.of(first, number(1), number(2), numbers(3));
      }
      case "normalizer" ->
          switch (first) {
            case "l1" -> Normalizer.l1(columns(1));
            case "l2" -> Normalizer.l2(columns(1));
            case "max" -> Normalizer.max(columns(1));
            default -> throw unknown();
          };
      case "polynomial_features" -> PolynomialFeatures.of(whole(0), columns(1));
      case "category_cross" -> CategoryCross.of(columns(0));
      case "feature_hasher" -> {
        require(3);
        yield FeatureHasher.of(first, whole(1), columns(2));
      }
      case "variance_threshold" -> {
        require(3);
        yield VarianceThreshold.of(first, number(1), columns(2));
      }
      case "select_k_best" -> {
        require(5);
        yield best(first);
      }
      case "date_parts" -> {
        require(3);
        yield DateParts.of(
            first,
            zone(arguments.get(1)),
            arguments.stream().skip(2).map(this::part).toArray(DateParts.Part[]::new));
      }
      default -> throw unknown();
    };
  }

  private FeatureStep bins(String column) {
    return switch (arguments.get(1)) {
      case "quantile" -> KBinsDiscretizer.quantile(column, whole(2));
      case "uniform" -> KBinsDiscretizer.uniform(column, whole(2));
      default -> throw unknown();
    };
  }

  private FeatureStep quantiles(String column) {
    return switch (arguments.get(1)) {
      case "uniform" -> QuantileTransformer.uniform(column, whole(2));
      case "normal" -> QuantileTransformer.normal(column, whole(2));
      default -> throw unknown();
    };
  }

  private FeatureStep best(String written) {
    int most = whole(2);
    String target = arguments.get(3);
    return switch (arguments.get(1)) {
      case "anova_f" -> SelectKBest.anovaF(written, most, target, columns(4));
      case "chi_squared" -> SelectKBest.chiSquared(written, most, target, columns(4));
      case "regression_f" -> SelectKBest.regressionF(written, most, target, columns(4));
      default -> throw unknown();
    };
  }

  private FeatureStep clipper(String column) {
    require(3);
    return switch (arguments.get(1)) {
      case "quantiles" -> {
        require(4);
        yield Clipper.quantiles(column, number(2), number(3));
      }
      case "fences" -> Clipper.fences(column, number(2));
      default -> Clipper.of(column, number(1), number(2));
    };
  }

  private FeatureStep imputer(String column, Schema rows) {
    require(2);
    boolean constant = arguments.get(1).equals("constant");
    require(constant ? 3 : 2);
    SimpleImputer imputer =
        switch (arguments.get(1)) {
          case "mean" -> SimpleImputer.mean(column);
          case "median" -> SimpleImputer.median(column);
          case "most_frequent" -> SimpleImputer.mostFrequent(column);
          case "constant" -> SimpleImputer.constant(column, constant(column, rows));
          default -> throw unknown();
        };
    int indicator = constant ? 3 : 2;
    if (arguments.size() == indicator) {
      return imputer;
    }
    expect(indicator, "indicator");
    return imputer.withIndicator();
  }

  private Object constant(String column, Schema rows) {
    if (!rows.hasField(column)) {
      throw new IllegalArgumentException(
          name + ": there is no column " + column + ", only " + rows.getFieldNames());
    }
    String value = arguments.get(2);
    return switch (rows.getField(column).getType().getTypeName()) {
      case STRING -> value;
      case BOOLEAN -> Boolean.valueOf(value);
      case BYTE -> exact(2).byteValueExact();
      case INT16 -> exact(2).shortValueExact();
      case INT32 -> exact(2).intValueExact();
      case INT64 -> exact(2).longValueExact();
      case FLOAT -> exact(2).floatValue();
      case DOUBLE -> exact(2).doubleValue();
      case DECIMAL -> exact(2);
      default ->
          throw new IllegalArgumentException(
              name + ": column " + column + " is of a type that no constant can be written for");
    };
  }

  private BigDecimal exact(int place) {
    try {
      return new BigDecimal(arguments.get(place));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": " + arguments.get(place) + " is no number", e);
    }
  }

  private double number(int place) {
    return exact(place).doubleValue();
  }

  private double[] numbers(int from) {
    double[] numbers = new double[arguments.size() - from];
    Arrays.setAll(numbers, i -> number(from + i));
    return numbers;
  }

  private int whole(int place) {
    try {
      return exact(place).intValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          name + ": " + arguments.get(place) + " is no whole number", e);
    }
  }

  private String[] columns(int from) {
    return arguments.stream().skip(from).toArray(String[]::new);
  }

  private ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          name + ": a zone is UTC or such as Europe/Berlin, not " + text, e);
    }
  }

  private DateParts.Part part(String text) {
    try {
      return DateParts.Part.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name
              + ": a part is one of "
              + Arrays.toString(DateParts.Part.values()).toLowerCase(Locale.ROOT)
              + ", not "
              + text,
          e);
    }
  }

  private void require(int least) {
    if (arguments.size() < least) {
      throw unknown();
    }
  }

  private void expect(int place, String word) {
    if (!arguments.get(place).equals(word) || arguments.size() > place + 1) {
      throw unknown();
    }
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        name + "(" + String.join(", ", arguments) + ") is no step: " + ALLOWED);
  }
}
