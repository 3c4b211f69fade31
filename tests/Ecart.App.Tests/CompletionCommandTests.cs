using System.Diagnostics;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests;

/// <summary>Completion as people meet it: in bash itself.</summary>
public sealed class CompletionCommandTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("complete");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ecart comp", "completion")]
    [InlineData("ecart users ", "add disable enable invite list set-role")]
    [InlineData("ecart users add --ro", "--role")]
    [InlineData("ecart completion z", "zsh")]
    [InlineData("ecart users add ada --role v", "viewer")]
    [InlineData("ecart audit --output ", "csv json table")]
    public async Task Bash_LineSoFar_IsCompletedByTheProgram(string line, string expected)
    {
        string program = Path.Combine(folder.Path, "ecart");
        await File.WriteAllTextAsync(
            program, $"#!/bin/sh\nexec dotnet {Path.Combine(RepositoryRoot.Path, "src/Ecart.App/bin/Release/net10.0/Ecart.App.dll")} \"$@\"\n", Cancellation);
        string script =
            """
            chmod +x ecart
            source <(ecart completion bash)
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<<"$1"
            [[ $1 == *' ' ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            complete -p ecart >&2
            _ecart
            printf '%s\n' "${COMPREPLY[@]}"
            """;

        (string output, string errors) = await RunAsync("bash", ["--norc", "-c", script, "bash", line]);

        string[] found = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        Assert.Contains("-F _ecart ecart", errors, StringComparison.Ordinal);
        Assert.Superset(expected.Split(' ').ToHashSet(), found.ToHashSet());
        if (!line.EndsWith(' ')) Assert.Equal(expected.Split(' '), found);
    }

    [Theory]
    [InlineData("zsh", "compdef _ecart ecart")]
    [InlineData("fish", "complete -c ecart")]
    public async Task OtherShells_GetTheirScript(string shell, string expected)
    {
        ProgramResult result = await EcartProcess.RunAsync(folder.Path, Cancellation, "completion", shell);

        Assert.True(result.Code == 0, result.Everything);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherShell_Unknown_IsRefused()
    {
        ProgramResult result = await EcartProcess.RunAsync(folder.Path, Cancellation, "completion", "powershell");

        Assert.Equal(2, result.Code);
    }

    private async Task<(string Output, string Errors)> RunAsync(string command, string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path };
        start.Environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["ECART_HOME"] = folder.Path;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(Cancellation);
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (await output, await errors);
    }
}
