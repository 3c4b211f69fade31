using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Ecart.App.Tests.Programs;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Serve;

/// <summary><c>ecart serve</c> with one domain, as a process on a database of its own, and what it has stored.</summary>
internal sealed class ServingDomain : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("serving");
    private readonly HttpClient client;
    private readonly string database;
    private readonly EcartProcess process;

    private ServingDomain(string database, string domain, string sources)
    {
        this.database = database;
        Uri address = EcartProcess.FreeAddress();
        client = new HttpClient { BaseAddress = address };
        string file = Path.Combine(folder.Path, "ecart.yaml");
        File.WriteAllText(file, $"domain: {domain}\nhttp:\n  listen: {address}\n{sources}\n");
        process = EcartProcess.StartOn(database, folder.Path, "serve", "--config", file);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts a service and waits until it is ready.</summary>
    /// <param name="server">Where its database is made.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="sources">Lines of YAML: its sources beside HTTP.</param>
    public static async Task<ServingDomain> StartAsync(MariaDbFixture server, string domain, string sources = "")
    {
        var serving = new ServingDomain(await server.CreateDatabaseAsync("serving", Cancellation), domain, sources);
        await serving.process.WaitUntilReadyAsync(serving.client, Cancellation);
        return serving;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => client.BaseAddress!;

    /// <summary>Posts JSON.</summary>
    public async Task<HttpAnswer> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(path, content, Cancellation);
        return await HttpAnswer.ReadAsync(response, Cancellation);
    }

    /// <summary>Waits until a table has so many rows; the service's end fails the test.</summary>
    public async Task WaitForRowsAsync(string table, int rows)
    {
        while (await AskAsync($"SELECT COUNT(*) FROM {table}") != rows.ToString(CultureInfo.InvariantCulture))
        {
            if (process.HasExited) Assert.Fail((await process.WaitAsync(Cancellation)).Everything);
            await Task.Delay(50, Cancellation);
        }
    }

    /// <summary>Holds the lanes locked, so that no commit can pass, until the result is disposed.</summary>
    public async Task<IAsyncDisposable> BlockStoreAsync()
    {
        var connection = new MySqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand("START TRANSACTION; SELECT lane FROM lanes FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync(Cancellation);
        return connection;
    }

    /// <summary>The one value that a query yields, as text.</summary>
    public async Task<string?> AskAsync(string sql)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture);
    }

    /// <summary>Asks the service to end, which it does without an error.</summary>
    public async Task StopAsync()
    {
        process.Terminate();
        ProgramResult result = await process.WaitAsync(Cancellation);
        Assert.True(result.Code == 0, result.Everything);
    }

    public void Dispose()
    {
        process.Dispose();
        client.Dispose();
        folder.Dispose();
    }
}
