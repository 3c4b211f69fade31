using Ecart.TestKit;
using Xunit;

namespace Ecart.Embedded.Tests;

/// <summary>Small embedded servers for tests of the server itself.</summary>
internal static class TestServer
{
    public static EmbeddedMariaDbOptions Options(string folder) => new()
    {
        DataFolder = folder,
        BufferPoolBytes = 128 << 20,
        LogFileBytes = 16 << 20,
        VectorCacheBytes = 16 << 20,
    };

    /// <summary>Starts a server; on a machine that can have none the test is skipped, or fails where CI=true.</summary>
    public static async Task<EmbeddedMariaDb> StartAsync(EmbeddedMariaDbOptions options)
    {
        var cancellation = TestContext.Current.CancellationToken;
        try
        {
            await MariaDbLocator.Create(options.CacheFolder).FindAsync(null, cancellation);
        }
        catch (EmbeddedMariaDbException error)
        {
            Require.Part(false, "A MariaDB server program", error.Message);
        }

        return await EmbeddedMariaDb.StartAsync(options, cancellationToken: cancellation);
    }
}
