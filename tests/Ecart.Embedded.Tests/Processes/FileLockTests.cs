using Ecart.Embedded.Processes;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Embedded.Tests.Processes;

public sealed class FileLockTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("lock");

    private string LockFile => Path.Combine(folder.Path, "a.lock");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TryTake_HeldLock_IsNullUntilItIsFreed()
    {
        using (var first = FileLock.TryTake(LockFile))
        {
            Assert.NotNull(first);
            Assert.Null(FileLock.TryTake(LockFile));
        }

        using var again = FileLock.TryTake(LockFile);
        Assert.NotNull(again);
    }

    [Fact]
    public void TryTake_NoSuchFolder_Throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => FileLock.TryTake(Path.Combine(folder.Path, "none", "a.lock")));

    [Fact]
    public async Task TakeAsync_HeldLock_WaitsAndSaysSo()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var waits = new TaskCompletionSource();
        var held = FileLock.TryTake(LockFile)!;

        var taking = FileLock.TakeAsync(LockFile, waits.SetResult, cancellation);
        await waits.Task.WaitAsync(cancellation);
        Assert.False(taking.IsCompleted);
        await held.DisposeAsync();

        await using var taken = await taking;
        Assert.NotNull(taken);
    }
}
