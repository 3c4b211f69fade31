using Ecart.Domains.Transactions;
using Ecart.Events.Decoding;
using Ecart.Streaming.Sources.FollowedFile;

namespace Ecart.Streaming.Tests.Sources.FollowedFile;

/// <summary>A file that a test writes to, in a folder of its own.</summary>
internal sealed class GrowingFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecart-follow-").FullName;

    public string Path => System.IO.Path.Combine(folder, "cards.csv");

    public void Append(string text) => File.AppendAllText(Path, text);

    public string Rotated(string suffix) => Path + suffix;

    public FollowedFileSource Source(bool labels = true)
    {
        var decoder = new TransactionDecoder();
        var options = new FollowedFileOptions { Path = Path, Labels = labels, PollInterval = TimeSpan.FromMilliseconds(5) };
        return new FollowedFileSource(options, decoder, FieldMap.Automatic(decoder.Schema), TimeProvider.System);
    }

    /// <summary>Follows the file while a test does something.</summary>
    public async Task FollowAsync(CollectingIntake intake, Func<Task> meanwhile, bool labels = true)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Xunit.TestContext.Current.CancellationToken);
        Task following = Source(labels).RunAsync(intake, stop.Token);
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

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
