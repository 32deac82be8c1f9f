package org.pharos.transforms.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The driver's configuration text that a user gives: kept in one canonical form, so that equal
 * settings make equal connections, and free of secrets, since it travels with the pipeline.
 */
final class DriverText {

  static final String ROOT = "datastax-java-driver";

  private static final Pattern SECRET =
      Pattern.compile(
          ".*(password|passwd|passphrase|passcode|secret|credential|apikey|privatekey).*");

  private static final Map<String, String> HAS_A_PART =
      Map.of(
          "basic.contact-points", "to(...)",
          "basic.load-balancing-policy.local-datacenter", "withLocalDatacenter",
          "basic.cloud.secure-connect-bundle", "withSecureConnectBundle",
          "advanced.auth-provider.username", "withCredentials");

  private DriverText() {}

  /** The canonical form of a text, without the driver's root; empty for an empty text. */
  static String checked(String text) {
    if (text.isBlank()) {
      return "";
    }
    Config config = parse(text);
    if (config.hasPath(ROOT)) {
      Config within = config.getConfig(ROOT);
      refuseSecrets("", config.root());
      if (config.root().size() > 1) {
        within = within.withFallback(config.withoutPath(ROOT));
      }
      config = within;
    }
    refuseSecrets("", config.root());
    for (Map.Entry<String, String> part : HAS_A_PART.entrySet()) {
      if (config.hasPathOrNull(part.getKey())) {
        throw new IllegalArgumentException(
            "the driver configuration sets "
                + part.getKey()
                + ", which the connection has a part for; use "
                + part.getValue());
      }
    }
    return config.root().isEmpty() ? "" : config.root().render(ConfigRenderOptions.concise());
  }

  private static Config parse(String text) {
    try {
      // Only what the text itself defines: assembling reads no environment, and a worker may have
      // another one.
      return ConfigFactory.parseString(
              text, ConfigParseOptions.defaults().setIncluder(new NoIncludes()))
          .resolve(ConfigResolveOptions.noSystem());
    } catch (ConfigException.UnresolvedSubstitution e) {
      throw new IllegalArgumentException(
          "the driver configuration refers to a value that it does not define itself; variables of"
              + " the environment and system properties are not read");
    } catch (ConfigException e) {
      // The parser's message quotes the text, which may hold a secret: only the place is told.
      throw new IllegalArgumentException(
          "the driver configuration is not HOCON, the format of the driver's application.conf"
              + (e.origin() == null || e.origin().lineNumber() < 1
                  ? ""
                  : " (line " + e.origin().lineNumber() + ")"));
    }
  }

  private static void refuseSecrets(String path, ConfigValue value) {
    if (value instanceof ConfigObject object) {
      for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
        String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
        String plain = entry.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (SECRET.matcher(plain).matches()) {
          throw new IllegalArgumentException(
              "the driver configuration holds a secret at "
                  + key
                  + "; it would travel with the pipeline. Use withCredentials or withTls, which"
                  + " take references (env:NAME, file:PATH)");
        }
        refuseSecrets(key, entry.getValue());
      }
    } else if (value instanceof ConfigList list) {
      List<ConfigValue> values = list;
      values.forEach(element -> refuseSecrets(path, element));
    }
  }

  /** Refuses every form of an include before anything is read. */
  private static final class NoIncludes
      implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      throw refused(what);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
      throw refused(what.toString());
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
      throw refused(what.toString());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
      throw refused(what);
    }

    private static IllegalArgumentException refused(String what) {
      return new IllegalArgumentException(
          "the driver configuration includes \""
              + what
              + "\"; give the whole text, since the workers may not have that file");
    }
  }
}
