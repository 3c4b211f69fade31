using System.IO.Compression;
using System.Text;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Declared;

/// <summary>The examples of declared domains, through the whole program: what was put into their records is found, and hardly anything else.</summary>
public sealed class DeclaredExampleTests : IDisposable
{
    private static readonly string Examples = Path.Combine(RepositoryRoot.Path, "examples", "domains");
    private readonly TestFolder folder = TestFolder.Create("declared");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("cold-chain")]
    [InlineData("web-access")]
    public async Task Records_OfAnExample_AreWhatTheirGeneratorMakes(string name)
    {
        string expected = string.Join('\n', RecordsOf(name)) + "\n";
        string file = Path.Combine(Examples, name + ".csv.gz");
        if (Environment.GetEnvironmentVariable("ECART_ACCEPT_EXAMPLES") == "1")
        {
            await using var packed = new GZipStream(File.Create(file), CompressionLevel.SmallestSize);
            await packed.WriteAsync(Encoding.UTF8.GetBytes(expected), TestContext.Current.CancellationToken);
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        Assert.Equal(expected, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("cold-chain", "cold_chain", 4, 20)]
    [InlineData("web-access", "web_access", 4, 20)]
    public async Task Score_Example_FindsWhatIsWrongAndLittleElse(string name, string domain, int kinds, int mostFalse)
    {
        string output = Path.Combine(folder.Path, "scored.csv");

        ProgramResult result = await RunAsync(
            "score", "--domain", domain, "--configuration", Path.Combine(Examples, name + ".yaml"), Path.Combine(Examples, name + ".csv.gz"), "--out", output);

        Assert.True(result.Code == 0, result.Everything);
        Dictionary<string, string> kindOf = RecordsOf(name).Skip(1).Select(line => line.Split(',')).ToDictionary(values => values[0], values => values[^1]);
        string[] lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.StartsWith("uid,occurred_at,entity,score,rank_score,flagged,", lines[0], StringComparison.Ordinal);
        string[][] flagged = [.. lines.Skip(1).Select(line => line.Split(',')).Where(values => values[5] == "1")];
        string[] found = [.. flagged.Select(values => kindOf[values[0]]).Where(kind => kind.Length > 0).Distinct()];
        string[][] wrongly = [.. flagged.Where(values => kindOf[values[0]].Length == 0)];
        Assert.True(found.Length == kinds, $"found {string.Join(", ", found)} of {string.Join(", ", kindOf.Values.Distinct())}");
        Assert.True(wrongly.Length <= mostFalse, $"{wrongly.Length} false of {kindOf.Count}:\n" + string.Join('\n', wrongly.Take(20).Select(values => string.Join(',', values))));
        Assert.DoesNotContain(lines, line => line.Contains("NaN", StringComparison.Ordinal));
    }

    internal static IEnumerable<string> RecordsOf(string name) => name == "cold-chain" ? ExampleRecords.ColdChain() : ExampleRecords.WebAccess();

    private Task<ProgramResult> RunAsync(params string[] arguments) => EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, arguments);
}
