using System.Diagnostics;
using System.Text.Json;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>The benchmark of the stream, as short as it can be: what it says must be readable by a machine.</summary>
public sealed class StreamBenchmarkTests
{
    private static readonly string Program = Path.Combine(RepositoryRoot.Path, "bench/Ecart.Bench/bin/Release/net10.0/Ecart.Bench.dll");

    [Fact]
    public async Task Stream_Short_EndsWithOneLineOfJson()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(
            "dotnet", [Program, "stream", "--quick", "--events", "3000", "--loop-events", "100", "--accounts", "50"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ECART_MARIADB");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);

        Assert.True(process.ExitCode == 0, output + await errors);
        JsonElement result = JsonElement.Parse(output.TrimEnd('\n').Split('\n')[^1]);
        Assert.Equal(["bench", "ratio", "over_loop", "events_per_second"], result.EnumerateObject().Take(4).Select(property => property.Name));
        Assert.Equal("stream", result.GetProperty("bench").GetString());
        Assert.All(["ratio", "over_loop", "events_per_second"], name => Assert.True(result.GetProperty(name).GetDouble() > 0, name));
    }
}
