using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Ecart.Bench.Tests;

/// <summary>
/// The benchmarks in a short form: that they run to their last line, whose figures are numbers and whose allocations are none. How fast anything is no test says.
/// </summary>
public sealed class ShortFormTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Detectors_OneRoundOfTwoGroups_PrintFiguresAndAllocateNothing()
    {
        JsonElement figures = await RunAsync("detectors", "--rounds", "1", "--only", "neighbours", "--only", "streams");

        Assert.True(figures.GetProperty("knn_read_ratio").GetDouble() > 0);
        Assert.True(figures.GetProperty("knn_blocked_ratio").GetDouble() > 0);
        JsonProperty[] allocations = [.. figures.EnumerateObject().Where(static figure => figure.Name.EndsWith("_allocated_bytes", StringComparison.Ordinal))];
        Assert.True(allocations.Length > 10);
        Assert.All(allocations, static figure => Assert.Equal(0, figure.Value.GetDouble()));
    }

    [Fact]
    public async Task Network_FewFlows_AreParsedAndScoredWithoutAllocation()
    {
        JsonElement figures = await RunAsync("network", "--flows", "20000", "--rounds", "1");

        Assert.Equal(20_000, figures.GetProperty("flows").GetInt64());
        Assert.True(figures.GetProperty("flows_per_second").GetDouble() > 0);
    }

    [Fact]
    public async Task Rules_OneRound_AllocateNothing()
    {
        JsonElement figures = await RunAsync("rules", "--rounds", "1");

        Assert.True(figures.GetProperty("slowest_evaluations_per_second").GetDouble() > 0);
        Assert.Equal(0, figures.GetProperty("bytes_per_evaluation").GetDouble());
    }

    [Theory]
    [InlineData("detectors", "--rounds", "0")]
    [InlineData("detectors", "--threads", "0")]
    [InlineData("network", "--flows", "many")]
    public async Task Options_ThatCannotBe_AreRefusedByName(string benchmark, string option, string value)
    {
        (int code, _, string errors) = await StartAsync(benchmark, option, value);

        Assert.NotEqual(0, code);
        Assert.Contains(option, errors, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> RunAsync(params string[] arguments)
    {
        (int code, string output, string errors) = await StartAsync(arguments);
        Assert.True(code == 0, errors);
        string last = output.TrimEnd().Split('\n')[^1];
        using JsonDocument line = JsonDocument.Parse(last);
        Assert.All(line.RootElement.EnumerateObject().Where(static figure => figure.Value.ValueKind == JsonValueKind.Number), static figure => Assert.True(double.IsFinite(figure.Value.GetDouble())));
        return line.RootElement.Clone();
    }

    private static async Task<(int Code, string Output, string Errors)> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(IBenchmark).Assembly.Location);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(Cancellation);
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await errors);
    }
}
