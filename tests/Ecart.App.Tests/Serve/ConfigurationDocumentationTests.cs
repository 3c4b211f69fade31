using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Ecart.App.Serve;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve;

/// <summary>docs/reference/configuration.md against the options that are read; settings of domains, which stand before them, are not among these.</summary>
public sealed partial class ConfigurationDocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/reference/configuration.md"));

    [Fact]
    public void Document_EverySetting_IsNamedAndExists()
    {
        string[] documented = [.. Row().Matches(Text[Text.IndexOf("\n## The service", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value).Distinct()];
        string[] read = [.. Settings(typeof(ServeOptions)).Distinct()];

        Assert.Equal(read.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Document_Example_IsReadAsItStands()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, Example().Match(Text).Groups[1].Value);
        try
        {
            ServeOptions options = ServeConfiguration.Read(file, []);

            Assert.Equal("chargebacks", Assert.Single(options.Kafka).LabelsTopic);
            Assert.Equal(2, Assert.Single(options.Mqtt).AccountLevel);
            Assert.Equal("/var/spool/cards/today.csv", Assert.Single(options.Files).Path);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("ECART_BATCH_SIZE", "0", "batch_size")]
    [InlineData("ECART_RELOAD_SECONDS", "0", "reload_seconds")]
    [InlineData("ECART_PUBLISH_MINUTES", "-1", "publish_minutes")]
    [InlineData("ECART_HTTP__MAXIMUM_ITEMS", "0", "http.maximum_items")]
    public void Read_OutOfRange_NamesTheSetting(string variable, string value, string setting)
    {
        var error = Assert.Throws<Commands.CommandException>(() => ServeConfiguration.Read(null, [new KeyValuePair<string, string?>(variable, value)]));

        Assert.Contains(setting, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Names of all settings below a type, as files write them. Sections that stand in headings are left out.</summary>
    private static IEnumerable<string> Settings(Type options)
    {
        foreach (PropertyInfo property in options.GetProperties().Where(property => property.CanWrite))
        {
            Type type = property.PropertyType;
            Type? element = type.IsGenericType && type.GetGenericArguments() is [Type one] && one.Namespace == options.Namespace ? one : null;
            bool isSection = type.IsClass && type.Namespace == options.Namespace;
            if (options != typeof(ServeOptions) || (!isSection && element is null)) yield return SnakeCase(property.Name);
            foreach (string name in element is not null ? Settings(element) : isSection ? Settings(type) : []) yield return name;
        }
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^\| `([a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
