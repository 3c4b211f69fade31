using System.Collections;
using Ecart.App.Commands;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ecart.App.Serve;

/// <summary>Reads <see cref="ServeOptions"/> from a YAML file and the environment.</summary>
internal static class ServeConfiguration
{
    private const string Prefix = "ECART_";

    /// <summary>Variables with this prefix that speak of other things.</summary>
    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        "ECART_MARIADB", "ECART_HOME", "ECART_CACHE", "ECART_DATA", "ECART_DEBIAN_MIRROR", "ECART_NO_BUILD", "ECART_PASSWORD", "ECART_TEST_ALL",
        "ECART_TEST_KAFKA", "ECART_ACCEPT_API", "ECART_KEY",
    };

    /// <summary>Reads and checks the options.</summary>
    /// <param name="file">The YAML file; null for the environment alone.</param>
    /// <param name="environment">Environment variables.</param>
    /// <exception cref="CommandException">A name is unknown or a value of another type or out of its range; the message names it.</exception>
    public static ServeOptions Read(string? file, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        Dictionary<string, string?> settings = file is null ? [] : ReadFile(file);
        foreach ((string name, string? value) in environment)
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || Others.Contains(name)) continue;
            settings[Key(name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal))] = value;
        }

        var options = new ServeOptions();
        try
        {
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build()
                .Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException error)
        {
            throw new CommandException($"{file ?? "The environment"}: {error.Message}", ExitCode.Usage);
        }

        options.Validate();
        return options;
    }

    /// <summary>Reads and checks the options from a file and the variables of this process.</summary>
    /// <param name="file">The YAML file; null for the environment alone.</param>
    /// <exception cref="CommandException">See <see cref="Read(string?, IEnumerable{KeyValuePair{string, string?}})"/>.</exception>
    public static ServeOptions Read(string? file) => Read(
        file,
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => new KeyValuePair<string, string?>((string)variable.Key, (string?)variable.Value)));

    private static Dictionary<string, string?> ReadFile(string file)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using StreamReader reader = File.OpenText(file);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.Count > 0) Flatten("", yaml.Documents[0].RootNode, settings);
            return settings;
        }
        catch (YamlException error)
        {
            throw new CommandException($"{file}, line {error.Start.Line}: {error.Message}", ExitCode.Usage);
        }
    }

    private static void Flatten(string path, YamlNode node, Dictionary<string, string?> settings)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach ((YamlNode name, YamlNode value) in mapping.Children) Flatten(Join(path, ((YamlScalarNode)name).Value!), value, settings);
                break;
            case YamlSequenceNode sequence:
                for (int i = 0; i < sequence.Children.Count; i++) Flatten(Join(path, i.ToString()), sequence.Children[i], settings);
                break;
            case YamlScalarNode scalar:
                settings[Key(path)] = scalar.Value;
                break;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";

    /// <summary>Names are snake_case in files and variables, and property names without underscores here.</summary>
    private static string Key(string path) => path.Replace("_", "", StringComparison.Ordinal);
}
