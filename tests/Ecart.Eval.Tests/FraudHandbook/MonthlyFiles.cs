using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ecart.TestKit;

namespace Ecart.Eval.Tests.FraudHandbook;

/// <summary>A small set in the form of fraud_handbook: 60 cards that pay at 50 terminals, one of which is compromised from a day on.</summary>
internal sealed class MonthlyFiles : IDisposable
{
    /// <summary>Day from which every payment at terminal T0 is fraud.</summary>
    public static readonly DateOnly Compromised = new(2018, 5, 1);

    private const int Cards = 60;
    private const int Terminals = 50;
    private readonly TestFolder folder = TestFolder.Create("months");

    public MonthlyFiles(bool hasLabels = true)
    {
        var random = new Random(7);
        int id = 0;
        for (var month = new DateOnly(2018, 4, 1); month.Month <= 6; month = month.AddMonths(1))
        {
            var text = new StringBuilder("TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO\n");
            for (DateOnly day = month; day.Month == month.Month; day = day.AddDays(1))
            {
                for (int card = 0; card < Cards; card++)
                {
                    int terminal = random.Next(Terminals);
                    bool isFraud = hasLabels && terminal == 0 && day >= Compromised;
                    string time = day.ToDateTime(new TimeOnly(card % 24, card)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                    text.Append(CultureInfo.InvariantCulture, $"{id++},{time},C{card},T{terminal},{20 + random.Next(20)}.50,")
                        .Append(isFraud ? "1,2\n" : "0,0\n");
                }
            }

            using var stream = new GZipStream(File.Create(PathOf($"{month:yyyy-MM}")), CompressionLevel.Fastest);
            stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        }
    }

    public string Folder => folder.Path;

    public string PathOf(string month) => Path.Combine(folder.Path, $"transactions_{month}.csv.gz");

    public void Dispose() => folder.Dispose();
}
