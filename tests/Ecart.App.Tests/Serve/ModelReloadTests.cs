using System.Net;
using Ecart.Domains.Transactions;
using Ecart.Embedding;
using Ecart.MariaDb.Models;
using Ecart.Numerics;
using Ecart.TestKit;
using Ecart.Vectors;
using Xunit;

namespace Ecart.App.Tests.Serve;

/// <summary>A model that is put in force, or taken back, reaches a service that runs.</summary>
public sealed class ModelReloadTests(MariaDbFixture server)
{
    private const string Domain = TransactionEvent.DomainName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Activate_EmbeddingAndBack_TakesEffectWithoutARestartAndEveryVerdictNamesIt()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        var models = new ModelStore(service.Database);
        Assert.Equal(HttpStatusCode.OK, (await service.PostAsync("/v1/events", Posted.Event("before"))).Status);
        int version = await models.AddAsync(Describe(), Train().Save(), Cancellation);

        await models.ActivateAsync(Domain, ModelSlot.Embedding, version, "try", "ann", Cancellation);
        await service.WaitForEmbeddingAsync(version);
        HttpAnswer during = await service.PostAsync("/v1/events", Posted.Event("during", minute: 5));
        await models.ActivateAsync(Domain, ModelSlot.Embedding, 0, "no better", "ann", Cancellation);
        await service.WaitForEmbeddingAsync(TransactionLayout.Version);

        Assert.Equal(version, during.Json.GetProperty("versions").GetProperty("embedding").GetInt32());
        Assert.Equal(1, await service.CountAsync("SELECT embedding_version FROM financial_transactions WHERE transaction_id = 'before' AND layout_embedding IS NULL"));
        Assert.Equal(version, await service.CountAsync("SELECT embedding_version FROM financial_transactions WHERE transaction_id = 'during' AND layout_embedding IS NOT NULL"));
    }

    [Fact]
    public async Task Activate_DamagedModel_LeavesTheOneThatWasInForce()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        var models = new ModelStore(service.Database);
        int good = await models.AddAsync(Describe(), Train().Save(), Cancellation);
        int bad = await models.AddAsync(Describe(), [1, 2, 3], Cancellation);
        await models.ActivateAsync(Domain, ModelSlot.Embedding, good, "try", "ann", Cancellation);
        await service.WaitForEmbeddingAsync(good);

        await models.ActivateAsync(Domain, ModelSlot.Embedding, bad, "by mistake", "ann", Cancellation);
        // Another change makes the service look again: it has seen the bad one by then.
        await service.ConfigureAsync(TransactionOptions.Default with { AllowedLatenessMinutes = 1000 });

        HttpAnswer answer = await service.PostAsync("/v1/events", Posted.Event("after"));
        Assert.Equal(good, answer.Json.GetProperty("versions").GetProperty("embedding").GetInt32());
    }

    private static ModelDescription Describe() =>
        new(Domain, ModelSlot.Embedding, "pca_whitening", TransactionLayout.Version, EmbeddingModels.Format, null, null, 300, null, "test", "ann");

    private static PcaWhitening Train()
    {
        var random = new SeededRandom(1);
        var rows = new Matrix(300, TransactionLayout.Dimension);
        foreach (ref float value in rows.Span) value = (float)random.Between(-0.3, 0.3);
        return PcaWhitening.Fit(rows, PcaWhiteningOptions.Default, Cancellation);
    }
}
