using Ecart.Embedded.Processes;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Embedded.Tests.Processes;

public sealed class GuardedProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestFolder folder = TestFolder.Create("guard");

    private string Log => Path.Combine(folder.Path, "log");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task WaitForExitAsync_ChildEnds_GivesItsExitCodeAndOutput()
    {
        var input = Path.Combine(folder.Path, "input");
        await File.WriteAllTextAsync(input, "from the file", TestContext.Current.CancellationToken);
        await using var process = GuardedProcess.Start(
            ["sh", "-c", "cat; echo \" $WORD\"; echo error >&2; exit 7"], Log, Patience, input,
            new Dictionary<string, string> { ["WORD"] = "and a variable" });

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(7, process.ExitCode);
        Assert.Equal("  from the file and a variable\n  error", LogTail.Read(Log));
    }

    [Fact]
    public async Task DisposeAsync_RunningChild_SendsTerminate()
    {
        var process = await StartAndWaitForFirstLineAsync("trap 'echo terminated; exit 0' TERM; echo ready; while :; do sleep 0.1; done", Patience);

        await process.DisposeAsync();

        Assert.Equal("  ready\n  terminated", LogTail.Read(Log));
    }

    [Fact]
    public async Task DisposeAsync_ChildThatIgnoresTerminate_IsKilledAfterTheTimeout()
    {
        var process = await StartAndWaitForFirstLineAsync(
            "trap '' TERM; echo ready $$; while :; do sleep 0.1; done", TimeSpan.FromMilliseconds(300));
        var child = LogTail.Read(Log).Split(' ')[^1];

        await process.DisposeAsync();

        Assert.False(Directory.Exists($"/proc/{child}") && !IsZombie(child));
    }

    private async Task<GuardedProcess> StartAndWaitForFirstLineAsync(string script, TimeSpan stopTimeout)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(folder.Path);
        watcher.Changed += (_, _) => CompleteWhenWritten();
        watcher.EnableRaisingEvents = true;
        var process = GuardedProcess.Start(["sh", "-c", script], Log, stopTimeout);
        await written.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        return process;

        void CompleteWhenWritten()
        {
            if (new FileInfo(Log).Length > 0) written.TrySetResult();
        }
    }

    private static bool IsZombie(string process) =>
        File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].TrimStart().StartsWith('Z');
}
