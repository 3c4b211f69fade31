using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

public sealed class ServeSourcesTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("sources");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Serve_SourcesThatCannotWork_NamesTheOption()
    {
        (string Yaml, string Expected)[] cases =
        [
            ("files: [ { map: a=b } ]", "files[0].path is missing"),
            ("files: [ { path: x.csv, map: colour=b } ]", "files[0].map: 'colour' is not a field"),
            ("mqtt: [ { topics: [ a ] } ]", "mqtt[0].host is missing"),
            ("mqtt: [ { host: h } ]", "mqtt[0].topics is empty"),
            ("mqtt: [ { host: h, topics: [ a ], most_unacknowledged: 0 } ]", "mqtt[0].most_unacknowledged is 0"),
        ];
        foreach ((string yaml, string expected) in cases)
        {
            string file = Path.Combine(folder.Path, "serve.yaml");
            await File.WriteAllTextAsync(file, yaml + "\n", TestContext.Current.CancellationToken);
            ProgramResult result = await EcartProcess.RunAsync(folder.Path, TestContext.Current.CancellationToken, "serve", "--config", file);
            Assert.True(result.Code == 2, result.Everything);
            Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        }
    }
}
