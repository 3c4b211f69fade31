using Ecart.App.Store;
using Ecart.Embedded;
using Ecart.MariaDb.Schema;

namespace Ecart.App.Demo;

/// <summary>The demo's own database.</summary>
internal static class DemoStore
{
    /// <summary>Drops it.</summary>
    public static async Task DropAsync(string suffix, CancellationToken cancellationToken)
    {
        await using MariaDbServer server = await StoreOpener.StartAsync(suffix, cancellationToken).ConfigureAwait(false);
        await SchemaMigrator.DropAsync(StoreOpener.ConnectionString(server, suffix), cancellationToken).ConfigureAwait(false);
    }
}
