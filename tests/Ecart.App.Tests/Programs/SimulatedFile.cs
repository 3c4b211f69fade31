using System.Globalization;
using Ecart.Simulation;

namespace Ecart.App.Tests.Programs;

/// <summary>A simulated stream as a CSV file with its truth.</summary>
internal static class SimulatedFile
{
    public static void Write(string path, TransactionSimulatorOptions world)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine("uid,account,occurred_at,amount,merchant,category,channel,country,latitude,longitude,device,ip,label");
        foreach (SimulatedTransaction simulated in new TransactionSimulator(world).Generate())
        {
            Ecart.Domains.Transactions.TransactionEvent transaction = simulated.Event;
            writer.WriteLine(string.Join(
                ',',
                transaction.EventUid,
                transaction.AccountId,
                transaction.OccurredAt.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
                transaction.Amount.ToString(CultureInfo.InvariantCulture),
                transaction.MerchantId,
                transaction.MerchantCategory,
                transaction.Channel.ToString().ToLowerInvariant(),
                transaction.Country,
                Number(transaction.Latitude),
                Number(transaction.Longitude),
                transaction.DeviceId,
                transaction.IpAddress,
                simulated.IsFraud ? 1 : 0));
        }
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture);
}
