using System.Text.Json;
using Ecart.App.Serve;
using Ecart.App.Tests.Serve;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Deploy;

/// <summary>deploy/Containerfile: what can be known of it without a container, and its build command itself.</summary>
public sealed class ContainerfileTests(MariaDbFixture server)
{
    private static readonly string[] Lines = [.. DeployFile.ReadText("Containerfile").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')];

    [Fact]
    public void Copy_Sources_ExistAndAreNotKeptOut()
    {
        string[] kept = [.. DeployFile.ReadText("Containerfile.dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..])];
        string[] sources = [.. Arguments("COPY").Where(copy => !copy[0].StartsWith("--from", StringComparison.Ordinal)).SelectMany(copy => copy[..^1])];

        Assert.Equal(kept.Order(StringComparer.Ordinal), sources.Select(source => source.TrimEnd('/')).Order(StringComparer.Ordinal));
        Assert.All(sources, source => Assert.True(Path.Exists(Path.Combine(RepositoryRoot.Path, source)), source));
    }

    [Fact]
    public void Image_Runs_AsNobodyAndOnTheFrameworkOfTheProgram()
    {
        Assert.All(Arguments("FROM"), image => Assert.EndsWith(":10.0", image[0], StringComparison.Ordinal));
        Assert.NotEqual("0", Assert.Single(Arguments("USER"))[0]);
        Assert.True(int.Parse(Arguments("USER").Single()[0], null) > 0);
        Assert.Contains("/opt/ecart/Ecart.App.dll", string.Join(' ', Arguments("ENTRYPOINT").Single()), StringComparison.Ordinal);
        Assert.Contains("/health/ready", string.Join(' ', Arguments("HEALTHCHECK").Single()), StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_OfTheImage_AreSettingsThatExist()
    {
        ServeOptions options = ServeConfiguration.Read(
            null, Arguments("ENV").Single().Select(variable => variable.Split('=', 2)).Select(parts => new KeyValuePair<string, string?>(parts[0], parts[1])));

        Assert.Equal("http://0.0.0.0:8080", options.Http.Listen);
        Assert.True(options.Http.RequireKey);
        Assert.True(options.Http.AllowPlain);
    }

    /// <summary>The image has no program that asks HTTP; its shell does.</summary>
    [Fact]
    public async Task HealthCheck_OfTheImage_TellsAReadyServiceFromNone()
    {
        string line = Lines.Single(line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal));
        string[] command = JsonSerializer.Deserialize<string[]>(line[line.IndexOf('[', StringComparison.Ordinal)..])!;
        await using RunningService service = await RunningService.StartAsync(server);

        (int ready, string said) = await AskAsync(service.Address);
        (int absent, _) = await AskAsync(Programs.EcartProcess.FreeAddress());

        Assert.True(ready == 0, said);
        Assert.NotEqual(0, absent);

        Task<(int Code, string Said)> AskAsync(Uri address) => DeployFile.RunAsync(
            command[0], "/", TestContext.Current.CancellationToken, command[1], command[2].Replace("/8080", $"/{address.Port}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publish_AsTheImageDoesIt_MakesAProgramThatRuns()
    {
        Require.LongRun();
        using TestFolder folder = TestFolder.Create("image");
        string[] command = Arguments("RUN").Single();
        string output = Path.Combine(folder.Path, "ecart");

        (int code, string said) = await DeployFile.RunAsync(
            command[0], RepositoryRoot.Path, TestContext.Current.CancellationToken, [.. command[1..^1], output, "--artifacts-path", Path.Combine(folder.Path, "artifacts")]);
        Assert.True(code == 0, said);
        (int started, string version) = await DeployFile.RunAsync(
            "dotnet", folder.Path, TestContext.Current.CancellationToken, Path.Combine(output, "Ecart.App.dll"), "--version");

        Assert.True(started == 0, version);
        Assert.StartsWith("0.", version, StringComparison.Ordinal);
    }

    private static IEnumerable<string[]> Arguments(string instruction) => Lines
        .Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal))
        .Select(line => line[(instruction.Length + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
