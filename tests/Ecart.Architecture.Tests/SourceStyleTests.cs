using System.Text.RegularExpressions;
using Xunit;

namespace Ecart.Architecture.Tests;

public sealed partial class SourceStyleTests
{
    private const int MaximumLines = 500;

    [Fact]
    public void Files_AreNotLongerThanFiveHundredLines() =>
        Assert.Empty(Sources.Code.Where(file => File.ReadLines(file).Count() > MaximumLines).Select(Sources.Name));

    [Fact]
    public void Files_HoldOnePublicTypeNamedLikeTheFile()
    {
        foreach (var file in Sources.In("src", "*.cs"))
        {
            string[] types = [.. PublicType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)];
            Assert.True(types.Length <= 1, $"{Sources.Name(file)} holds {string.Join(", ", types)}: give each a file of its own.");
            if (types.Length == 1) Assert.Equal(types[0], Path.GetFileNameWithoutExtension(file));
        }
    }

    [Fact]
    public void Types_DoNotHaveNamesThatSayNothing() => Assert.DoesNotContain(
        Sources.Code.SelectMany(file => AnyType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)), NothingName().IsMatch);

    [Fact]
    public void Sql_LivesInSqlFilesOrBesideItsUseInTheStore() => Assert.Empty(
        Sources.In("src", "*.cs").Where(file => !file.Contains("Ecart.MariaDb", StringComparison.Ordinal) && !file.Contains("Ecart.Streaming", StringComparison.Ordinal))
            .Where(file => Statement().IsMatch(File.ReadAllText(file))).Select(Sources.Name));

    [GeneratedRegex(@"^public (?:[a-z]+ )*?(?:class|struct|interface|enum|record|delegate \S+)(?: class| struct)? (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^\s*(?:[a-z]+ )*(?:class|struct|interface|enum|record)(?: class| struct)? (?<name>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex AnyType();

    [GeneratedRegex("Manager|Helper|Util")]
    private static partial Regex NothingName();

    [GeneratedRegex(@"""\s*(?:SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s.+\sSET|DELETE\s+FROM|CREATE\s+TABLE|ALTER\s+TABLE)\s")]
    private static partial Regex Statement();
}
