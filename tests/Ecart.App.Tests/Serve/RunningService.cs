using System.Net;
using System.Text;
using Ecart.App.Domains;
using Ecart.App.Serve;
using Ecart.App.Store;
using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Schema;
using Ecart.MariaDb.Writing;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Serve;

/// <summary>A service on a database of its own, reached over HTTP, with a gate before the database.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly string directly;
    private readonly LiveService service;
    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient client = new(TrustingHandler.Make());

    private RunningService(string directly, StoreGate gate, LiveService service)
    {
        this.directly = directly;
        this.service = service;
        Gate = gate;
        Running = Task.Run(() => service.RunAsync(stop.Token));
    }

    /// <summary>Can take the database away.</summary>
    public StoreGate Gate { get; }

    /// <summary>Ends when the service has drained.</summary>
    public Task Running { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts a service and waits until it is ready.</summary>
    public static async Task<RunningService> StartAsync(MariaDbFixture server, Action<ServeOptions>? configure = null)
    {
        string directly = await server.CreateDatabaseAsync("serve", Cancellation);
        await new SchemaMigrator().MigrateAsync(directly, false, null, Cancellation);
        await new ConfigurationStore(directly).EnsureDefaultAsync(
            TransactionEvent.DomainName, TransactionOptionsJson.Serialize(TransactionOptions.Default), Cancellation);
        ReferencePatterns patterns = await new PatternStore(directly).ReadAsync(TransactionEvent.DomainName, Cancellation);
        var gate = new StoreGate(directly);
        // The fixture owns the server.
        var store = new OpenStore(null!, gate.ConnectionString, RowFormat.LoadData, ServedDomains.Default, new TransactionSettings(TransactionOptions.Default), 1, patterns);
        var options = new ServeOptions { ReloadSeconds = 0.05 };
        options.Http.Listen = "http://127.0.0.1:0";
        configure?.Invoke(options);
        var running = new RunningService(directly, gate, new LiveService(store, options));
        await Task.WhenAny(running.Running, running.service.Address);
        if (running.Running.IsCompleted) await running.Running;
        running.client.BaseAddress = new Uri(await running.service.Address);
        await running.WaitForAsync("/health/ready", HttpStatusCode.OK);
        return running;
    }

    /// <summary>Asks until the status is as expected; the test's time limit ends it otherwise.</summary>
    public async Task WaitForAsync(string path, HttpStatusCode expected)
    {
        for (; ; await Task.Delay(20, Cancellation))
        {
            using HttpResponseMessage response = await client.GetAsync(path, Cancellation);
            if (response.StatusCode == expected) return;
        }
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => client.BaseAddress!;

    /// <summary>Every endpoint that it has.</summary>
    public IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> Endpoints => service.Endpoints;

    /// <summary>Posts JSON.</summary>
    public async Task<HttpAnswer> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(path, content, Cancellation);
        return await HttpAnswer.ReadAsync(response, Cancellation);
    }

    /// <summary>Gets a text.</summary>
    public Task<string> GetAsync(string path) => client.GetStringAsync(path, Cancellation);

    /// <summary>Tells the service to stop.</summary>
    public Task StopAsync() => stop.CancelAsync();

    /// <summary>Holds the lanes locked, so that no commit can pass, until the result is disposed.</summary>
    public async Task<IAsyncDisposable> BlockStoreAsync()
    {
        var connection = new MySqlConnection(directly + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand("START TRANSACTION; SELECT lane FROM lanes FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync(Cancellation);
        return connection;
    }

    /// <summary>Makes other settings the active ones and waits until the service has taken them over.</summary>
    public async Task ConfigureAsync(TransactionOptions settings)
    {
        int version = await new ConfigurationStore(directly).AddVersionAsync(
            TransactionEvent.DomainName, TransactionOptionsJson.Serialize(settings), "test", "test", activate: true, Cancellation);
        for (int i = 0; ; i++)
        {
            HttpAnswer answer = await PostAsync("/v1/events", Posted.Event($"probe-{version}-{i}", account: $"probe-{version}-{i}"));
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Json.GetRawText());
            if (answer.Json.GetProperty("versions").GetProperty("configuration").GetInt32() == version) return;
        }
    }

    /// <summary>The database itself.</summary>
    public string Database => directly;

    /// <summary>Posts ordinary events until the service embeds them by a version.</summary>
    public async Task WaitForEmbeddingAsync(int version)
    {
        for (int i = 0; ; i++)
        {
            HttpAnswer answer = await PostAsync("/v1/events", Posted.Event($"embedding-{version}-{i}", account: $"embedding-{version}-{i}"));
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Json.GetRawText());
            if (answer.Json.GetProperty("versions").GetProperty("embedding").GetInt32() == version) return;
        }
    }

    /// <summary>A number from the database itself.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new MySqlConnection(directly);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation), null);
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Open();
        await stop.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await service.DisposeAsync();
        await Gate.DisposeAsync();
        client.Dispose();
        stop.Dispose();
    }
}
