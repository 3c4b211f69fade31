using Ecart.App.Terminal;
using Ecart.Embedded;
using MySqlConnector;

namespace Ecart.App.Store;

/// <summary>Tells how to look into a store with other programs.</summary>
internal static class ConnectionHint
{
    /// <summary>Shows the client's command line and the connection string. The password stays in its file.</summary>
    public static void Show(OpenStore store)
    {
        var settings = new MySqlConnectionStringBuilder(store.ConnectionString);
        if (store.Server.Embedded is not { } embedded)
        {
            Output.Result($"The store is the database {settings.Database} on {settings.Server}, named by {MariaDbServer.Variable}.");
            return;
        }

        string password = Path.Combine(embedded.DataFolder, "password");
        Output.Result($"  client      mariadb --socket={embedded.SocketPath} --user={settings.UserID} --password=\"$(cat {password})\" {settings.Database}");
        Output.Result(
            $"  connection  Server=127.0.0.1;Port={embedded.Port};User ID={settings.UserID};Password=<content of {password}>;Database={settings.Database}");
    }

    /// <summary>Waits for Ctrl-C, if stopping this process would stop the server.</summary>
    public static async Task WaitForStopAsync(OpenStore store, CancellationToken cancellationToken)
    {
        if (store.Server.Embedded is not { IsOwner: true }) return;
        Output.Note("The database stays up until Ctrl-C.");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The way out.
        }
    }
}
