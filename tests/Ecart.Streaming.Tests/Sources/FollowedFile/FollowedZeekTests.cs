using Ecart.Domains.Network.Decoding;
using Ecart.Events.Decoding;
using Ecart.Streaming.Sources.FollowedFile;
using Xunit;

namespace Ecart.Streaming.Tests.Sources.FollowedFile;

public sealed class FollowedZeekTests : IDisposable
{
    private const string Head = "#separator \\x09\n#set_separator\t,\n#path\tconn\n#open\t2025-01-01-00-00-00\n#fields\tts\tuid\tid.orig_h\tid.resp_h\n#types\ttime\tstring\taddr\taddr\n";
    private readonly GrowingFile file = new();
    private readonly CollectingIntake intake = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task RunAsync_RestartedInTheMiddle_StillKnowsTheColumns()
    {
        file.Append(Head + Row("a") + Row("b"));
        await FollowAsync(async () => Assert.Equal("a b", await intake.TakeUidsAsync(2)));
        file.Append(Row("c"));
        await FollowAsync(async () => Assert.Equal("c", await intake.TakeUidsAsync(1)));
        Assert.True(intake.IsEmpty);
    }

    [Fact]
    public Task RunAsync_Rotated_ReadsTheRestOfTheOldLogFirst() => FollowAsync(async () =>
    {
        file.Append(Head + Row("a"));
        Assert.Equal("a", await intake.TakeUidsAsync(1));
        File.Move(file.Path, file.Rotated(".1"));
        File.AppendAllText(file.Rotated(".1"), Row("b") + "#close\t2025-01-01-01-00-00\n");
        file.Append(Head.Replace("00-00-00", "01-00-00", StringComparison.Ordinal) + Row("c"));
        Assert.Equal("b c", await intake.TakeUidsAsync(2));
    });

    private static string Row(string uid) => $"1735700000.5\t{uid}\t10.0.0.1\t10.0.0.2\n";

    private async Task FollowAsync(Func<Task> meanwhile)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var decoder = new NetworkDecoder();
        var options = new FollowedFileOptions { Path = file.Path, PollInterval = TimeSpan.FromMilliseconds(5) };
        Task following = new FollowedFileSource(options, decoder, FieldMap.Automatic(decoder.Schema), TimeProvider.System).RunAsync(intake, stop.Token);
        try
        {
            Task first = await Task.WhenAny(following, meanwhile());
            await first;
        }
        finally
        {
            await stop.CancelAsync();
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
